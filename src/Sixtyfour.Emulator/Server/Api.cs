using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Webhooks;

namespace Sixtyfour.Emulator.Server;

/// <summary>The service: key, rate limit, then the endpoint.</summary>
internal sealed class Api(
    EnrichmentEndpoint enrichment, JobStatusEndpoint jobStatus, SigningSecretEndpoint signingSecret, RateLimiter rateLimiter, EmulatorOptions options)
{
    private const string JobStatusPath = "/job-status/";

    private readonly string[] _keys = [options.ApiKey, .. options.OtherApiKeys];

    public Reply Answer(ApiRequest request)
    {
        if (request.Key is not { } key || !_keys.Any(known => IsSame(known, key)))
            return Refusals.InvalidKey;
        var verdict = rateLimiter.Admit(key);
        var reply = verdict.IsAdmitted ? Route(request) : Reply.TooManyRequests(options.SendsRetryAfter ? verdict.RetryAfter : null);
        return reply with { Headers = [.. reply.Headers, .. verdict.Headers] };
    }

    private Reply Route(ApiRequest request)
    {
        if (EnrichmentRoute.Find(request.Path) is { } route)
            return request.Method == "POST" ? enrichment.Answer(route, request) : WrongMethod("POST");
        if (request.Path.StartsWith(JobStatusPath, StringComparison.Ordinal) && request.Path.Length > JobStatusPath.Length)
            return request.Method == "GET" ? jobStatus.Answer(request.Path[JobStatusPath.Length..]) : WrongMethod("GET");
        if (SigningSecretEndpoint.Owns(request.Path))
            return signingSecret.Answer(request);
        return Reply.Detail(HttpStatusCode.NotFound, "Not Found");
    }

    private static Reply WrongMethod(string allowed) => Reply.Detail(HttpStatusCode.MethodNotAllowed, "Method Not Allowed") with { Headers = [("Allow", allowed)] };

    private static bool IsSame(string known, string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(given));
}
