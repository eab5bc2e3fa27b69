using System.Security.Cryptography;
using System.Text;

namespace WebhookReceiver;

/// <summary>
/// Where webhooks get in from outside, so does everybody else, and with a real key the page spends money and shows personal data. It then opens only to
/// browsers that have the word that the console shows.
/// </summary>
internal sealed class Door
{
    private const string Name = "word";

    private readonly string _word = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public string Query => $"?{Name}={_word}";

    public ValueTask<object?> PassAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        if (Opens(request.Query[Name]))
        {
            // Once is enough: the word does not stay in the address bar.
            response.Cookies.Append(Name, _word, new() { HttpOnly = true, SameSite = SameSiteMode.Strict });
            return new(Results.Redirect("/"));
        }

        return Opens(request.Cookies[Name])
            ? next(context)
            : new(Results.Text("Open the address that the console shows.", statusCode: StatusCodes.Status403Forbidden));
    }

    private bool Opens(string? word) =>
        word is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(word), Encoding.UTF8.GetBytes(_word));
}
