using System.Net;
using System.Text;

namespace Sixtyfour.Tests.Support;

/// <summary>Answers request after request as a test says, reading each body as a socket would; a request beyond the script fails loudly.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _script = new();

    public List<SeenRequest> Seen { get; } = [];

    public ScriptedHandler Answers(HttpStatusCode status, string body, params (string Name, string Value)[] headers) =>
        Does((_, _) => Task.FromResult(Response(status, body, headers)));

    public ScriptedHandler Answers(string body) => Answers(HttpStatusCode.OK, body);

    /// <summary>Fails before the body has begun to leave.</summary>
    public ScriptedHandler RefusesTheConnection() => Add(false, (_, _) => throw new HttpRequestException("Connection refused"));

    /// <summary>Fails in that way before the body has begun to leave.</summary>
    public ScriptedHandler Fails(Exception failure) => Add(false, (_, _) => throw failure);

    /// <summary>Fails after the body was read.</summary>
    public ScriptedHandler LosesTheAnswer() => Does((_, _) => throw new HttpRequestException("The response ended prematurely."));

    public ScriptedHandler NeverAnswers() => Does(async (_, token) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        throw new InvalidOperationException();
    });

    public ScriptedHandler Does(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> step) => Add(true, step);

    public static HttpResponseMessage Response(HttpStatusCode status, string body, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var step = _script.Count > 0 ? _script.Dequeue() : throw new InvalidOperationException($"Nobody expected {request.Method} {request.RequestUri}.");
        return await step(request, cancellationToken);
    }

    private ScriptedHandler Add(bool readsBody, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> step)
    {
        _script.Enqueue(async (request, token) =>
        {
            var body = readsBody && request.Content is not null ? await request.Content.ReadAsStringAsync(token) : null;
            lock (Seen)
            {
                Seen.Add(new(request.Method, request.RequestUri!, request.Headers.ToDictionary(
                    h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase), body));
            }

            return await step(request, token);
        });
        return this;
    }
}

internal sealed record SeenRequest(HttpMethod Method, Uri Address, IReadOnlyDictionary<string, string> Headers, string? Body);
