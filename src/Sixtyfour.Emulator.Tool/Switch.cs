using System.Globalization;
using System.Net;

namespace Sixtyfour.Emulator.Tool;

/// <summary>An option of the command line that sets a member of <see cref="EmulatorOptions"/>.</summary>
/// <param name="Name">The option, with its hyphens.</param>
/// <param name="Value">What stands for its value in the help; null for an option without one.</param>
/// <param name="Member">The member that it sets.</param>
/// <param name="Help">What it does.</param>
/// <param name="Set">Sets the member; throws <see cref="FormatException"/> for a value that makes no sense.</param>
internal sealed record Switch(string Name, string? Value, string Member, string Help, Action<EmulatorOptions, string> Set)
{
    public static readonly IReadOnlyList<Switch> All =
    [
        new("--urls", "URL", nameof(EmulatorOptions.Url), "where to listen (default http://127.0.0.1:6464)", (options, text) => options.Url = UrlOf(text)),
        new("--key", "KEY", nameof(EmulatorOptions.ApiKey), "the key that requests must carry (default emulator-key)",
            (options, text) => options.ApiKey = text),
        new("--other-key", "KEY", nameof(EmulatorOptions.OtherApiKeys), "a further key; can be given several times",
            (options, text) => options.OtherApiKeys.Add(text)),
        Number("--time-scale", "N", nameof(EmulatorOptions.TimeScale), "how many times faster than real time it runs (default 1)",
            (options, n) => options.TimeScale = (double)n),
        Seconds("--run-time", nameof(EmulatorOptions.RunTime), "how long all work takes (default: minutes, as the service)",
            (options, time) => options.RunTime = _ => time),
        Flag("--manual-clock", nameof(EmulatorOptions.ManualClock), "time stands still until POST /_emulator/advance", options => options.ManualClock = true),
        Number("--seed", "N", nameof(EmulatorOptions.Seed), "another set of answers and run times (default 0)", (options, n) => options.Seed = (int)n),
        Number("--balance", "CENTS", nameof(EmulatorOptions.BalanceCents), "the balance at the start (default 100000)",
            (options, n) => options.BalanceCents = n),
        Number("--balance-credits", "N", nameof(EmulatorOptions.BalanceCredits), "the same in credits of ten cents",
            (options, n) => options.BalanceCredits = n),
        new("--price", "WHAT=CENTS", nameof(EmulatorOptions.PricesCents), "a price, such as low=12 or find_email=5; can be given several times", SetPrice),
        Flag("--high-tier", nameof(EmulatorOptions.HighTierEnabled), "allows the tiers high and xhigh", options => options.HighTierEnabled = true),
        Flag("--struct-required", nameof(EmulatorOptions.RequiresStruct), "a person without struct is answered with 422",
            options => options.RequiresStruct = true),
        Flag("--lead-dispatch-ids", nameof(EmulatorOptions.LeadsHonorDispatchIds), "/enrich-lead-async honors dispatch_id, too",
            options => options.LeadsHonorDispatchIds = true),
        Number("--not-found", "SHARE", nameof(EmulatorOptions.NotFoundShare), "the share of fields that are not found (default 0.05)",
            (options, n) => options.NotFoundShare = (double)n),
        Flag("--no-echo", nameof(EmulatorOptions.EchoesInput), "the input does not come back in structured_data", options => options.EchoesInput = false),
        Flag("--no-double-confidence", nameof(EmulatorOptions.ConfidenceScoreBesideFieldConfidence), "no confidence_score beside field_confidence",
            options => options.ConfidenceScoreBesideFieldConfidence = false),
        Word("--error-form", nameof(EmulatorOptions.ErrorForm), "the form of error bodies",
            (options, word) => options.ErrorForm = word, ("errors-page", ErrorForm.ErrorsPage), ("detail", ErrorForm.Detail)),
        Word("--job-status-form", nameof(EmulatorOptions.JobStatusForm), "the form of answers about jobs", (options, word) => options.JobStatusForm = word,
            ("production", JobStatusForm.Production), ("documented", JobStatusForm.Documented)),
        new("--submit-status", "WORD", nameof(EmulatorOptions.SubmitStatus), "the status in the answer to a start; empty for none",
            (options, text) => options.SubmitStatus = text),
        Flag("--local-webhooks", nameof(EmulatorOptions.AllowsLocalWebhooks), "delivers webhooks to http and to this machine, too",
            options => options.AllowsLocalWebhooks = true),
        Limit("--requests-per-minute", nameof(EmulatorOptions.RequestsPerMinute), "how many requests a key may send a minute (default 500)",
            (options, n) => options.RequestsPerMinute = n),
        Word("--rate-limit-window", nameof(EmulatorOptions.RateLimitWindow), "how that minute is measured", (options, word) => options.RateLimitWindow = word,
            ("sliding", RateLimitWindow.Sliding), ("fixed", RateLimitWindow.Fixed)),
        Flag("--no-rate-limit-headers", nameof(EmulatorOptions.SendsRateLimitHeaders), "no X-RateLimit-… headers",
            options => options.SendsRateLimitHeaders = false),
        Flag("--no-retry-after", nameof(EmulatorOptions.SendsRetryAfter), "no Retry-After for one request too many",
            options => options.SendsRetryAfter = false),
        Limit("--bulk-per-minute", nameof(EmulatorOptions.BulkSubmissionsPerMinute), "how many bulk files may be submitted a minute (default 10)",
            (options, n) => options.BulkSubmissionsPerMinute = n),
        Seconds("--run-time-per-row", nameof(EmulatorOptions.RunTimePerRow), "what a row adds to the run time (default 0.03, with --run-time 0)",
            (options, time) => options.RunTimePerRow = time),
        Number("--pass-through", "SHARE", nameof(EmulatorOptions.PassThroughShare), "the share of rows that come back without a value (default 0.02)",
            (options, n) => options.PassThroughShare = (double)n),
        Number("--preview-rows", "N", nameof(EmulatorOptions.PreviewRows), "up to how many rows a file stands in the answer about its job as well (default 20)",
            (options, n) => options.PreviewRows = (int)n),
        Seconds("--link-lifetime", nameof(EmulatorOptions.LinkLifetime), "how long a link to a file lives (default 900)",
            (options, time) => options.LinkLifetime = time),
        Number("--expired-link-status", "N", nameof(EmulatorOptions.ExpiredLinkStatus), "the answer to an older link (default 403)",
            (options, n) => options.ExpiredLinkStatus = (HttpStatusCode)(int)n),
        Flag("--links-without-key", nameof(EmulatorOptions.LinksNeedKey), "downloads need no key", options => options.LinksNeedKey = false),
        Number("--search-results", "N", nameof(EmulatorOptions.SearchResultCount), "how many rows a search finds (default 25)",
            (options, n) => options.SearchResultCount = (int)n),
        Number("--search-max-results", "N", nameof(EmulatorOptions.SearchMaxResults), "how many rows a search may give out (default 1000)",
            (options, n) => options.SearchMaxResults = (int)n),
        Number("--empty-search-page-every", "N", nameof(EmulatorOptions.EmptySearchPageEvery),
            "each page of this number has no rows although more follow (default: none)",
            (options, n) => options.EmptySearchPageEvery = (int)n),
        Number("--max-requests", "N", nameof(EmulatorOptions.MaxRecordedRequests), "how many requests it remembers (default 100000)",
            (options, n) => options.MaxRecordedRequests = (int)n),
    ];

    /// <summary>The line of the help.</summary>
    public string Line => $"  {Name + (Value is null ? "" : " " + Value),-32} {Help}";

    private static Switch Flag(string name, string member, string help, Action<EmulatorOptions> set) =>
        new(name, null, member, help, (options, _) => set(options));

    private static Switch Number(string name, string value, string member, string help, Action<EmulatorOptions, decimal> set) =>
        new(name, value, member, help, (options, text) => set(options, NumberOf(name, text)));

    private static Switch Seconds(string name, string member, string help, Action<EmulatorOptions, TimeSpan> set) =>
        new(name, "SECONDS", member, help, (options, text) => set(options, TimeSpan.FromSeconds((double)NumberOf(name, text))));

    private static Switch Limit(string name, string member, string help, Action<EmulatorOptions, int?> set) =>
        new(name, "N|none", member, help, (options, text) => set(options, text == "none" ? null : (int)NumberOf(name, text)));

    private static Switch Word<T>(string name, string member, string help, Action<EmulatorOptions, T> set, params (string Word, T Value)[] words) =>
        new(name, string.Join('|', words.Select(word => word.Word)), member, help, (options, text) =>
        {
            var found = words.Where(word => word.Word == text).ToList();
            set(options, found.Count == 1
                ? found[0].Value
                : throw new FormatException($"{name} is '{text}': give one of {string.Join(", ", words.Select(word => word.Word))}."));
        });

    private static void SetPrice(EmulatorOptions options, string text)
    {
        var parts = text.Split('=', 2);
        options.PricesCents[parts[0]] = parts.Length == 2
            ? NumberOf("--price", parts[1])
            : throw new FormatException($"--price is '{text}': give a name and cents, such as low=12.");
    }

    private static Uri UrlOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? url
            : throw new FormatException($"--urls is '{text}': give one address such as http://127.0.0.1:6464.");

    private static decimal NumberOf(string option, string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) <= int.MaxValue
            ? number
            : throw new FormatException($"{option} is '{text}': give a number.");
}
