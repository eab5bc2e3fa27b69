using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Options;

public sealed class ClientSettingsTests
{
    /// <summary>By reflection, so that a property that is added tomorrow cannot be forgotten.</summary>
    [Fact]
    public void A_copy_holds_every_setting()
    {
        var options = new SixtyfourClientOptions();
        Change(options);

        AssertSame(ClientSettings.Copy(options), options, nameof(SixtyfourClientOptions));
    }

    [Fact]
    public void A_copy_shares_nothing_that_can_be_changed()
    {
        var options = new SixtyfourClientOptions();
        var copy = ClientSettings.Copy(options);

        options.Retry.MaxRetries = 9;
        options.RateLimit.RequestsPerMinute = 9;
        options.TrustedDownloadOrigins.Add(new("https://files.example.com"));

        (copy.Retry.MaxRetries, copy.RateLimit.RequestsPerMinute, copy.TrustedDownloadOrigins.Count).Should().Be((4, 500, 0));
    }

    [Fact]
    public void Overwriting_leaves_nothing_behind()
    {
        var target = new SixtyfourClientOptions { ApiKey = "sk_old", TrustedDownloadOrigins = { new("https://old.example.com") } };
        target.Unreadable.Add("a problem");

        ClientSettings.Overwrite(target, new() { ApiKey = "sk_new" });

        AssertSame(target, new SixtyfourClientOptions { ApiKey = "sk_new" }, nameof(SixtyfourClientOptions));
    }

    private static PropertyInfo[] Properties(Type type) => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    private static void Change(object options)
    {
        foreach (var property in Properties(options.GetType()))
        {
            var old = property.GetValue(options);
            if (property.CanWrite)
            {
                property.SetValue(options, Another(property.PropertyType, old));
                property.GetValue(options).Should().NotBe(old, "{0} must differ to be seen", property.Name);
            }
            else if (old is IList list)
            {
                list.Add(list is IList<Uri> ? new Uri("https://files.example.com") : "a problem");
            }
            else
            {
                Change(old!);
            }
        }
    }

    private static void AssertSame(object copy, object original, string path)
    {
        foreach (var property in Properties(original.GetType()))
        {
            var (copied, value) = (property.GetValue(copy), property.GetValue(original));
            if (value is IList list)
            {
                ((IList)copied!).Should().BeEquivalentTo(list, "{0}.{1} is copied", path, property.Name);
            }
            else if (property.CanWrite)
            {
                copied.Should().Be(value, "{0}.{1} is copied", path, property.Name);
            }
            else
            {
                AssertSame(copied!, value!, $"{path}.{property.Name}");
            }
        }
    }

    private static object Another(Type type, object? old) => old switch
    {
        bool flag => !flag,
        int number => number + 1,
        TimeSpan time => time + TimeSpan.FromSeconds(1),
        _ when type == typeof(string) => "sk_another",
        _ when type == typeof(Uri) => new Uri("https://another.example.com"),
        _ when type == typeof(Func<CancellationToken, ValueTask<string>>) => (Func<CancellationToken, ValueTask<string>>)(_ => new("sk")),
        _ when type == typeof(IJsonTypeInfoResolver) => new DefaultJsonTypeInfoResolver(),
        _ when type == typeof(ILoggerFactory) => NullLoggerFactory.Instance,
        _ when type == typeof(TimeProvider) => new FakeClock(),
        _ when type == typeof(RateLimiter) => new ConcurrencyLimiter(new() { PermitLimit = 1, QueueLimit = 1 }),
        _ => throw new NotSupportedException($"Teach this test a value of {type}."),
    };
}
