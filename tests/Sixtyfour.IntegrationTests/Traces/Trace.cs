using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Traces;

/// <summary>One call: how the server answers, and what is asked of the client.</summary>
/// <param name="Name">What the call shows.</param>
/// <param name="Answers">One for each request that is expected.</param>
/// <param name="ActAsync">The call; returns what of the result is to be kept.</param>
internal sealed record Scene(string Name, IReadOnlyList<Answer> Answers, Func<SixtyfourClient, CancellationToken, Task<string>> ActAsync)
{
    public Action<SixtyfourClientOptions>? Configure { get; init; }

    public bool IsCanceledBefore { get; init; }
}

/// <summary>What went over the wire in one call, and what was told: once without any wording, and the wording by itself.</summary>
internal sealed partial record Trace(string Behavior, string Messages)
{
    public static async Task<Trace> RecordAsync(Scene scene, Action<SixtyfourClientOptions> configure, CancellationToken cancellationToken)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var server = new ScriptedServer(scene.Answers, cancel.Cancel);
        var options = new SixtyfourClientOptions();
        configure(options);
        options.ApiKey = "sk_test_traces";
        options.Endpoint = server.Origin;
        scene.Configure?.Invoke(options);
        var (told, messages) = await ToldAsync(scene, options, cancel);

        var behavior = new StringBuilder().Append(CultureInfo.InvariantCulture, $"## {scene.Name}\n");
        foreach (var request in server.Received)
        {
            Append(behavior, request);
        }

        if (server.AnswersLeft > 0)
        {
            behavior.Append(CultureInfo.InvariantCulture, $"answers not asked for: {server.AnswersLeft}\n");
        }

        return new(Normal($"{behavior}{told}\n", server), Normal($"## {scene.Name}\n{messages}\n", server));
    }

    private static async Task<(string Told, string Messages)> ToldAsync(Scene scene, SixtyfourClientOptions options, CancellationTokenSource cancel)
    {
        using var client = new SixtyfourClient(options: options);
        if (scene.IsCanceledBefore)
        {
            await cancel.CancelAsync();
        }

        try
        {
            return ($"= {await scene.ActAsync(client, cancel.Token)}\n", "");
        }
        catch (Exception failure)
        {
            var told = new StringBuilder();
            var messages = new StringBuilder();
            // What the framework says underneath differs from platform to platform, and by what a connection that ends was about to do.
            for (Exception? one = failure; one is OperationCanceledException
                or SixtyfourException or ArgumentException or InvalidOperationException; one = one.InnerException)
            {
                if (one is ObjectDisposedException && one != failure)
                {
                    break;
                }

                told.Append(one == failure ? "! " : "  inside: ").Append(Describe(one)).Append('\n');
                messages.Append(CultureInfo.InvariantCulture, $"{one.GetType().Name}: {one.Message}\n");
            }

            return (told.Length > 0 ? told.ToString() : $"! {failure.GetType().Name}\n", messages.ToString());
        }
    }

    private static string Describe(Exception failure)
    {
        if (failure is not SixtyfourException known)
        {
            return failure.GetType().Name;
        }

        var text = new StringBuilder(failure.GetType().Name)
            .Append(CultureInfo.InvariantCulture, $", JobId {known.JobId ?? "none"}, IsSafeToRepeat {known.IsSafeToRepeat}, Attempts {known.Attempts}");
        _ = known switch
        {
            OutcomeUnknownException doubt => text.Append(
                CultureInfo.InvariantCulture, $", StatusCode {(int?)doubt.StatusCode}, IdempotencyKey {doubt.IdempotencyKey ?? "none"}"),
            RateLimitedException limited => text.Append(CultureInfo.InvariantCulture, $", StatusCode 429, RetryAfter {limited.RetryAfter}"),
            InvalidRequestException invalid => text.Append(CultureInfo.InvariantCulture,
                $", StatusCode {(int)invalid.StatusCode}, Errors [{string.Join(", ", invalid.Errors.Select(error => error.Path))}]"),
            SixtyfourApiException refused => text.Append(
                CultureInfo.InvariantCulture, $", StatusCode {(int)refused.StatusCode}, ErrorType {refused.ErrorType}, RequestId {refused.RequestId}"),
            InvalidResponseException invalid => text.Append(CultureInfo.InvariantCulture, $", ResponseBody {invalid.ResponseBody}"),
            JobFailedException failed => text.Append(CultureInfo.InvariantCulture, $", Status {failed.Snapshot.Status}, Error {failed.Snapshot.Error}"),
            _ => text,
        };
        return text.ToString();
    }

    private static void Append(StringBuilder trace, WireRequest request)
    {
        trace.Append(CultureInfo.InvariantCulture, $"> {request.Method} {request.Target}\n");
        foreach (var (name, value) in request.Headers.Where(header => !IsOfTheHost(header.Key)))
        {
            trace.Append(CultureInfo.InvariantCulture, $">   {name}: {(name is "x-api-key" ? "***" : value)}\n");
        }

        if (request.Body.Length > 0)
        {
            foreach (var line in Encoding.UTF8.GetString(request.Body).Split('\n'))
            {
                trace.Append(CultureInfo.InvariantCulture, $">   | {line.Replace("\r", "\\r", StringComparison.Ordinal)}\n");
            }
        }
    }

    // Set by the framework where other tests of this process listen to activities.
    private static bool IsOfTheHost(string header) =>
        header.ToLowerInvariant() is "traceparent" or "tracestate" or "baggage" or "correlation-context" or "request-id";

    private static string Normal(string text, ScriptedServer server)
    {
        text = text.Replace(server.Origin.Authority, "{host}", StringComparison.Ordinal);
        text = Version().Replace(text, "sixtyfour-dotnet/{version}");
        return Guid().Replace(text, "{guid}");
    }

    [GeneratedRegex("sixtyfour-dotnet/[0-9A-Za-z.+-]+")]
    private static partial Regex Version();

    [GeneratedRegex("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")]
    private static partial Regex Guid();
}
