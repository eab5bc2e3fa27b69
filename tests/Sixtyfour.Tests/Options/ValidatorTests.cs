using Microsoft.Extensions.Options;

namespace Sixtyfour.Tests.Options;

/// <summary>Each problem names the setting, its value and the fix; never the key.</summary>
public sealed class ValidatorTests
{
    private const string Key = "sk_test_5f2b";

    public static TheoryData<string, Action<SixtyfourClientOptions>, string> Problems => new()
    {
        { "timeout of zero", o => o.AgentAttemptTimeout = TimeSpan.Zero, "AgentAttemptTimeout is 00:00:00: it must be more than zero*" },
        { "negative timeout", o => o.QuickAttemptTimeout = TimeSpan.FromSeconds(-1), "QuickAttemptTimeout is -00:00:01: it must be more than zero*" },
        { "endless timeout", o => o.TransferIdleTimeout = Timeout.InfiniteTimeSpan, "TransferIdleTimeout is -00:00:00.0010000: it must be more than zero*" },
        { "timeout over the longest", o =>
            o.QuickTotalTimeout = TimeSpan.FromDays(50), "QuickTotalTimeout is 50.00:00:00: it must be more than zero and at most 49.00:00:00." },
        { "timeouts in the wrong order", o => o.QuickTotalTimeout = TimeSpan.FromSeconds(99),
            "QuickAttemptTimeout (00:01:40) is longer than QuickTotalTimeout (00:01:39): raise QuickTotalTimeout to at least 00:01:40." },
        { "agent timeouts in the wrong order", o =>
            o.AgentAttemptTimeout = TimeSpan.FromMinutes(21), "AgentAttemptTimeout (00:21:00) is longer than AgentTotalTimeout (00:20:00)*" },
        { "negative retries", o => o.Retry.MaxRetries = -1, "Retry.MaxRetries is -1: it must be from 0 to 20." },
        { "too many retries", o => o.Retry.MaxRetries = 21, "Retry.MaxRetries is 21: it must be from 0 to 20." },
        { "no base delay", o => o.Retry.BaseDelay = TimeSpan.Zero, "Retry.BaseDelay is 00:00:00: it must be from 1 ms to 01:00:00." },
        { "long base delay", o => (o.Retry.BaseDelay, o.Retry.MaxDelay) = (TimeSpan.FromHours(2), TimeSpan.FromHours(2)), "Retry.BaseDelay is 02:00:00*" },
        { "delays in the wrong order", o =>
            o.Retry.MaxDelay = TimeSpan.FromMilliseconds(900), "Retry.MaxDelay is 00:00:00.9000000: it must be from Retry.BaseDelay (00:00:01) to *" },
        { "no requests", o => o.RateLimit.RequestsPerMinute = 0, "RateLimit.RequestsPerMinute is 0: it must be from 1 to 1000000, or null for no limit." },
        { "no bulk files", o => o.RateLimit.BulkSubmissionsPerMinute = -3, "RateLimit.BulkSubmissionsPerMinute is -3*" },
        { "negative queueing", o => o.RateLimit.MaxWait = TimeSpan.FromSeconds(-2), "RateLimit.MaxWait is -00:00:02: it must be from zero to *" },
        { "http elsewhere", o => o.Endpoint = new("http://api.example.com"),
            "Endpoint 'http://api.example.com/' would send the key unencrypted: use https, or set AllowInsecureEndpoint to true." },
        { "http on a name like loopback", o => o.Endpoint = new("http://localhost.example.com"), "*would send the key unencrypted*" },
        { "http on all addresses", o => o.Endpoint = new("http://0.0.0.0:8080"), "*would send the key unencrypted*" },
        { "another scheme", o => o.Endpoint = new("ftp://api.example.com"), "Endpoint 'ftp://api.example.com/' is not an absolute http or https address*" },
        { "relative endpoint", o => o.Endpoint = new("/v2", UriKind.Relative), "Endpoint '/v2' is not an absolute http or https address*" },
        { "no endpoint", o => o.Endpoint = null!, "Endpoint '' is not an absolute http or https address: leave it out for https://api.sixtyfour.ai/." },
        { "query in the endpoint", o => o.Endpoint = new(
            "https://api.example.com/?tenant=7"), "Endpoint 'api.example.com' contains a user, a query or a fragment*" },
        { "fragment in the endpoint", o => o.Endpoint = new(
            "https://api.example.com/#v2"), "Endpoint 'api.example.com' contains a user, a query or a fragment*" },
        { "user in the endpoint", o => o.Endpoint = new(
            $"https://user:{Key}@api.example.com"), "Endpoint 'api.example.com' contains a user, a query or a fragment*" },
        { "user in an endpoint of another scheme", o => o.Endpoint = new($"ftp://user:{Key}@api.example.com"), "Endpoint *api.example.com*" },
        { "webhook over http", o => o.WebhookUrl = new(
            "http://app.example.com/hook"), "WebhookUrl uses 'http': the service delivers to https addresses only." },
        { "relative webhook", o => o.WebhookUrl = new("/hook", UriKind.Relative), "WebhookUrl is relative: give an absolute https address." },
        { "long webhook", o => o.WebhookUrl = new(
            "https://app.example.com/" + new string('x', 2_060)), "WebhookUrl has 2084 characters: the service takes at most 2083." },
        { "relative download origin", o => o.TrustedDownloadOrigins.Add(
            new("files", UriKind.Relative)), "TrustedDownloadOrigins contains 'files', which is not an absolute http or https address." },
        { "no download origin", o => o.TrustedDownloadOrigins.Add(null!), "TrustedDownloadOrigins contains ''*" },
        { "no clock", o => o.TimeProvider = null!, "TimeProvider is null: leave it out for the system's clock." },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_problem_is_told_with_setting_value_and_fix(string problem, Action<SixtyfourClientOptions> spoil, string message)
    {
        var options = new SixtyfourClientOptions { ApiKey = Key };
        spoil(options);

        var result = new ClientSettings().Validate(null, options);

        result.Failures.Should().ContainSingle("there is one problem: {0}", problem).Which.Should().Match(message).And.NotContain(Key);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nend")]
    [InlineData("schlüssel")]
    [InlineData("tab\t")]
    [InlineData("delete\u007f")]
    public void A_key_that_no_header_can_carry_is_refused_and_not_shown(string key)
    {
        var problem = ClientSettings.Problems(new() { ApiKey = key }).Should().ContainSingle().Which;

        problem.Should().StartWith("ApiKey contains ").And.NotContain(key);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once() =>
        ClientSettings.Problems(new() { Retry = { MaxRetries = -1 }, RateLimit = { RequestsPerMinute = 0 }, Endpoint = new("http://api.example.com") })
            .Should().HaveCount(4, "the key is missing as well");

    [Theory]
    [InlineData("\"sk_1\"")]
    [InlineData("'sk_1'")]
    [InlineData("sk_1'")]
    public void Quotes_that_an_env_file_left_around_a_key_are_named_as_the_fault(string key) =>
        ClientSettings.Problems(new() { ApiKey = key }).Should().ContainSingle().Which.Should().Contain("quotes around it").And.NotContain("sk_1");

    [Fact]
    public void The_defaults_are_good() => new ClientSettings().Validate(null, new() { ApiKey = Key }).Should().Be(ValidateOptionsResult.Success);

    [Theory]
    [InlineData("http://localhost:6464")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.7.7.7:80/prefix")]
    [InlineData("http://[::1]:6464")]
    [InlineData("https://api.example.com/prefix/")]
    public void Https_anywhere_and_http_on_loopback_are_good(string endpoint) =>
        ClientSettings.Problems(new() { ApiKey = Key, Endpoint = new(endpoint) }).Should().BeEmpty();

    [Fact]
    public void Http_elsewhere_can_be_allowed() =>
        ClientSettings.Problems(new() { ApiKey = Key, Endpoint = new("http://api.example.com"), AllowInsecureEndpoint = true }).Should().BeEmpty();

    [Fact]
    public void The_limits_themselves_are_good()
    {
        var options = new SixtyfourClientOptions
        {
            ApiKey = Key,
            AgentTotalTimeout = TimeSpan.FromDays(49),
            AgentAttemptTimeout = TimeSpan.FromDays(49),
            Retry = { MaxRetries = 20, BaseDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) },
            RateLimit = { RequestsPerMinute = 1_000_000, BulkSubmissionsPerMinute = null, MaxWait = TimeSpan.Zero },
            WebhookUrl = new("https://app.example.com/" + new string('x', 2_059)),
        };

        ClientSettings.Problems(options).Should().BeEmpty();
    }
}
