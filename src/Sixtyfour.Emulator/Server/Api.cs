using System.Security.Cryptography;
using System.Text;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;

namespace Sixtyfour.Emulator.Server;

/// <summary>The service: key, rate limit, then the endpoint.</summary>
internal sealed class Api(RouteTable routes, RateLimiter rateLimiter, EmulatorOptions options)
{
    private readonly string[] _keys = [options.ApiKey, .. options.OtherApiKeys];

    public bool KnowsTheKeyOf(ApiRequest request) => request.Key is { } key && IsKnown(key);

    public async Task<Reply> AnswerAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var (route, values) = routes.Find(request.Method, request.Path);
        request = request with { Values = values };
        if (!route.NeedsKey)
        {
            return await AnswerAsync(route, request, cancellationToken).ConfigureAwait(false);
        }

        if (request.Key is not { } key || !IsKnown(key))
        {
            return Refusals.InvalidKey;
        }

        var verdict = rateLimiter.Admit(key);
        var reply = !verdict.IsAdmitted
            ? Reply.TooManyRequests(options.SendsRetryAfter ? verdict.RetryAfter : null)
            : await AnswerAsync(route, request, cancellationToken).ConfigureAwait(false);
        return reply with { Headers = [.. reply.Headers, .. verdict.Headers] };
    }

    /// <summary>The answer of a fault, with the headers that the service itself would send.</summary>
    public Reply Injected(Fault fault) =>
        fault.IsOverLimit ? fault.Refusal! with { Headers = [.. fault.Refusal!.Headers, .. rateLimiter.HeadersOfRefusal(fault.Wait)] } : fault.Refusal!;

    private static async ValueTask<Reply> AnswerAsync(Route route, ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await route.Answer(request, cancellationToken).ConfigureAwait(false);
        }
        catch (JobForgottenException)
        {
            return Refusals.JobNotFound;
        }
    }

    private bool IsKnown(string key) => _keys.Any(known => IsSame(known, key));

    private static bool IsSame(string known, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(given));
}
