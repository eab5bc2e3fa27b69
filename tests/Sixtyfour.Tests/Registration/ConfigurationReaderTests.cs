using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sixtyfour.Registration;

namespace Sixtyfour.Tests.Registration;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void Every_setting_can_come_from_configuration()
    {
        var options = Read(
            ("ApiKey", "sk"), ("Endpoint", "http://api.example.com/v2"), ("AllowInsecureEndpoint", "true"), ("WebhookUrl", "https://app.example.com/hook"),
            ("AgentAttemptTimeout", "00:10:00"), ("AgentTotalTimeout", "00:11:00"), ("QuickAttemptTimeout", "00:00:20"), ("QuickTotalTimeout", "00:00:30"),
            ("TransferIdleTimeout", "00:00:40"), ("KeepAppWideResilience", "True"),
            ("TrustedDownloadOrigins:0", "https://files.example.com"), ("TrustedDownloadOrigins:1", "https://more.example.com"),
            ("Retry:MaxRetries", "7"), ("Retry:BaseDelay", "00:00:02"), ("Retry:MaxDelay", "00:00:09"), ("Retry:RetryPaidCallsOnServerError", "false"),
            ("RateLimit:RequestsPerMinute", "100"), ("RateLimit:BulkSubmissionsPerMinute", "3"), ("RateLimit:MaxWait", "00:01:00"));

        var expected = new SixtyfourClientOptions
        {
            ApiKey = "sk",
            Endpoint = new("http://api.example.com/v2"),
            AllowInsecureEndpoint = true,
            WebhookUrl = new("https://app.example.com/hook"),
            AgentAttemptTimeout = TimeSpan.FromMinutes(10),
            AgentTotalTimeout = TimeSpan.FromMinutes(11),
            QuickAttemptTimeout = TimeSpan.FromSeconds(20),
            QuickTotalTimeout = TimeSpan.FromSeconds(30),
            TransferIdleTimeout = TimeSpan.FromSeconds(40),
            KeepAppWideResilience = true,
            TrustedDownloadOrigins = { new("https://files.example.com"), new("https://more.example.com") },
            Retry = { MaxRetries = 7, BaseDelay = TimeSpan.FromSeconds(2), MaxDelay = TimeSpan.FromSeconds(9), RetryPaidCallsOnServerError = false },
            RateLimit = { RequestsPerMinute = 100, BulkSubmissionsPerMinute = 3, MaxWait = TimeSpan.FromMinutes(1) },
        };
        options.Should().BeEquivalentTo(expected);
    }

    /// <summary>What is a delegate, a clock or a contract cannot be written into a file; every other setting must be readable from one.</summary>
    [Fact]
    public void No_setting_was_forgotten()
    {
        Type[] onlyFromCode = [typeof(Func<CancellationToken, ValueTask<string>>), typeof(TimeProvider), typeof(Microsoft.Extensions.Logging.ILoggerFactory),
            typeof(System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver), typeof(System.Threading.RateLimiting.RateLimiter)];
        var settings = Settings(typeof(SixtyfourClientOptions), "").Where(setting => !onlyFromCode.Contains(setting.Type)).ToList();

        foreach (var (name, type) in settings)
        {
            var options = new SixtyfourClientOptions();
            ConfigurationReader.Read(
                RegisteredClients.Configuration((name, name is "Retry:RetryPaidCallsOnServerError" or "SendTraceContext" ? "false" : SampleOf(type))), options);
            options.Should().NotBeEquivalentTo(new SixtyfourClientOptions(), "{0} is read from configuration", name);
        }

        settings.Should().HaveCountGreaterThan(15);
    }

    [Theory]
    [InlineData("RequestsPerMinute")]
    [InlineData("BulkSubmissionsPerMinute")]
    public void A_limit_can_be_turned_off(string setting)
    {
        var options = Read(("ApiKey", "sk"), ($"RateLimit:{setting}", "Off"));

        typeof(RateLimitOptions).GetProperty(setting)!.GetValue(options.RateLimit).Should().BeNull();
    }

    [Theory]
    [InlineData("QuickAttemptTimeout", "30", "a time such as 00:15:30")]
    [InlineData("QuickAttemptTimeout", "30s", "a time such as 00:15:30")]
    [InlineData("Retry:MaxDelay", "1", "a time such as 00:15:30")]
    [InlineData("Retry:MaxRetries", "2.5", "a whole number")]
    [InlineData("Retry:MaxRetries", "99999999999", "a whole number")]
    [InlineData("Retry:RetryPaidCallsOnServerError", "no", "true or false")]
    [InlineData("RateLimit:RequestsPerMinute", "none", "a whole number")]
    [InlineData("Endpoint", "api.example.com", "an absolute address")]
    [InlineData("WebhookUrl", "hook", "an absolute address")]
    [InlineData("TrustedDownloadOrigins:0", "files", "a list of absolute addresses")]
    public void A_value_that_cannot_be_read_is_named_with_its_setting_and_what_is_wanted(string setting, string value, string wanted)
    {
        var read = () => Read(("ApiKey", "sk"), (setting, value));

        read.Should().Throw<OptionsValidationException>().WithMessage($"The setting Sixtyfour:{setting.Replace(":0", "")} is '{value}': it must be {wanted}.");
    }

    [Fact]
    public void Every_value_that_cannot_be_read_is_told_at_once()
    {
        var read = () => Read(("ApiKey", "sk"), ("Retry:MaxRetries", "many"), ("Retry:BaseDelay", "soon"), ("QuickTotalTimeout", "00:00:01"));

        read.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(3);
    }

    [Fact]
    public void Settings_of_others_in_the_same_section_are_left_alone()
    {
        Read(("ApiKey", "sk"), ("WebhookSecrets:0", "sk_whsec_1"), ("Something", "else")).Should().BeEquivalentTo(new SixtyfourClientOptions { ApiKey = "sk" });
    }

    [Fact]
    public void Code_and_configuration_add_up_in_the_order_of_registration()
    {
        var services = new ServiceCollection();
        services.AddSixtyfour(o => (o.ApiKey, o.Retry.MaxRetries) = ("sk", 1));
        services.AddSixtyfour(RegisteredClients.Configuration(("Retry:MaxRetries", "2"), ("QuickTotalTimeout", "00:04:00")));
        services.AddSixtyfour(o => o.QuickTotalTimeout = TimeSpan.FromMinutes(3));
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<SixtyfourClientOptions>>().CurrentValue;

        (options.ApiKey, options.Retry.MaxRetries, options.QuickTotalTimeout).Should().Be(("sk", 2, TimeSpan.FromMinutes(3)));
    }

    private static SixtyfourClientOptions Read(params (string Name, string? Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSixtyfour(
            RegisteredClients.Configuration([.. settings.Select(setting => ($"Sixtyfour:{setting.Name}", setting.Value))]).GetSection("Sixtyfour"));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<SixtyfourClientOptions>>().CurrentValue;
    }

    private static IEnumerable<(string Name, Type Type)> Settings(Type options, string prefix) => options.GetProperties().SelectMany(property =>
        property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal) ? Settings(property.PropertyType, $"{prefix}{property.Name}:")
        : property.PropertyType == typeof(IList<Uri>) ? [($"{prefix}{property.Name}:0", typeof(Uri))]
        : [(prefix + property.Name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)]);

    private static string SampleOf(Type type) =>
        type == typeof(TimeSpan) ? "00:04:30"
        : type == typeof(int) ? "9"
        : type == typeof(bool) ? "true"
        : type == typeof(Uri) ? "https://sample.example.com"
        : "sk_sample";
}
