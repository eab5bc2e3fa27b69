using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;

namespace Sixtyfour.Emulator.Server;

/// <summary>The service: key, rate limit, then the endpoint.</summary>
internal sealed class Api(IReadOnlyList<IEndpoint> endpoints, RateLimiter rateLimiter, EmulatorOptions options)
{
    private readonly string[] _keys = [options.ApiKey, .. options.OtherApiKeys];

    public bool KnowsTheKeyOf(ApiRequest request) => request.Key is { } key && IsKnown(key);

    public async Task<Reply> AnswerAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var endpoint = endpoints.FirstOrDefault(endpoint => endpoint.Owns(request.Path));
        if (endpoint is { NeedsKey: false })
        {
            return await AnswerAsync(endpoint, request, cancellationToken).ConfigureAwait(false);
        }

        if (request.Key is not { } key || !IsKnown(key))
        {
            return Refusals.InvalidKey;
        }

        var verdict = rateLimiter.Admit(key);
        var reply = !verdict.IsAdmitted ? Reply.TooManyRequests(options.SendsRetryAfter ? verdict.RetryAfter : null)
            : endpoint is null ? Reply.Detail(HttpStatusCode.NotFound, "Not Found")
            : await AnswerAsync(endpoint, request, cancellationToken).ConfigureAwait(false);
        return reply with { Headers = [.. reply.Headers, .. verdict.Headers] };
    }

    private static async ValueTask<Reply> AnswerAsync(IEndpoint endpoint, ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await endpoint.AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (JobForgottenException)
        {
            return Refusals.JobNotFound;
        }
    }

    private bool IsKnown(string key) => _keys.Any(known => IsSame(known, key));

    private static bool IsSame(string known, string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(given));
}
