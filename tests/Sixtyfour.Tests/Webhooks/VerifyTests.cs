using System.Globalization;
using System.Text;

namespace Sixtyfour.Tests.Webhooks;

public sealed class VerifyTests
{
    [Fact]
    public void A_delivery_signed_with_the_secret_is_valid() => Signed.Verify(Signed.Header()).Should().Be(WebhookVerdict.Valid);

    [Fact]
    public void A_signature_worked_out_elsewhere_is_valid()
    {
        // printf '1700000000.{"task_id":"job-1"}' | openssl dgst -sha256 -hmac sk_whsec_test
        const string Header = "t=1700000000,v1=6eaaccc31a4628bdcb8c5959e21fe9ab26c01d50086e47dff5d23710806a738e";
        var clock = new Testing.FakeClock();
        clock.Advance(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000) - clock.GetUtcNow());

        SixtyfourWebhook.Verify("""{"task_id":"job-1"}"""u8, Header, ["sk_whsec_test"], new() { TimeProvider = clock }).Should().Be(WebhookVerdict.Valid);
        SixtyfourWebhook.Sign("""{"task_id":"job-1"}"""u8, "sk_whsec_test", clock.GetUtcNow()).Should().Be(Header);
    }

    [Fact]
    public void Nothing_is_accepted_without_a_secret()
    {
        Verify().Should().Be(WebhookVerdict.NoSecretConfigured);
        Verify("", "  ").Should().Be(WebhookVerdict.NoSecretConfigured);
        SixtyfourWebhook.Verify(Signed.Body, Signed.Header(secret: "  "), ["  "], new() { TimeProvider = Signed.Clock })
            .Should().Be(WebhookVerdict.NoSecretConfigured);

        static WebhookVerdict Verify(params string[] secrets) =>
            SixtyfourWebhook.Verify(Signed.Body, Signed.Header(), secrets, new() { TimeProvider = Signed.Clock });
    }

    [Theory]
    [InlineData("sk_whsec_test\n")]
    [InlineData("sk_whsec_test\r\n")]
    [InlineData(" sk_whsec_test ")]
    public void White_space_around_a_secret_is_trimmed(string secret)
    {
        var signed = Signed.Header(secret: "sk_whsec_test");

        SixtyfourWebhook.Verify(Signed.Body, signed, [secret], new() { TimeProvider = Signed.Clock }).Should().Be(WebhookVerdict.Valid);
        SixtyfourWebhook.Sign(Signed.Body, secret, Signed.Clock.GetUtcNow()).Should().Be(signed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void A_delivery_without_a_signature_is_told_apart(string? header) => Signed.Verify(header).Should().Be(WebhookVerdict.SignatureMissing);

    public static TheoryData<string> Malformed => new(
        "v1=" + new string('a', 64),
        "t=1700000000",
        "t=1700000000,v1=",
        "t=1700000000,v1=" + new string('a', 63),
        "t=1700000000,v1=" + new string('a', 65),
        "t=1700000000,v1=" + new string('g', 64),
        "t=1700000000,v2=" + new string('a', 64),
        "t=,v1=" + new string('a', 64),
        "t=-1,v1=" + new string('a', 64),
        "t=+1,v1=" + new string('a', 64),
        "t=1.5,v1=" + new string('a', 64),
        "t=0x10,v1=" + new string('a', 64),
        "t=１７,v1=" + new string('a', 64),
        "t=253402300800,v1=" + new string('a', 64),
        "t=99999999999999999999,v1=" + new string('a', 64),
        "t=1,t=1,v1=" + new string('a', 64),
        "t=," + Signed.Header(),
        "T=1700000000,V1=" + new string('a', 64),
        "t 1700000000 v1 " + new string('a', 64),
        ",,,,",
        "t=1700000000,v1=" + new string('a', 64) + ",v1=x",
        "t=1700000000" + string.Concat(Enumerable.Repeat(",v1=" + new string('a', 64), 17)),
        "t=1700000000,v1=" + new string('a', 64) + new string(',', 2_000),
        new string('x', 1_000_000));

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_header_of_another_form_is_malformed(string header) => Signed.Verify(header).Should().Be(WebhookVerdict.SignatureMalformed);

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(-300)]
    public void The_clock_may_be_five_minutes_off(int seconds) => Signed.Verify(Signed.Header(time: Signed.Now + seconds)).Should().Be(WebhookVerdict.Valid);

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    [InlineData(-1_000_000_000)]
    public void A_delivery_signed_at_another_time_is_told_apart(int seconds) =>
        Signed.Verify(Signed.Header(time: Signed.Now + seconds)).Should().Be(WebhookVerdict.TimestampOutsideTolerance);

    [Fact]
    public void The_tolerance_can_be_set()
    {
        Verify(TimeSpan.Zero).Should().Be(WebhookVerdict.TimestampOutsideTolerance);
        Verify(TimeSpan.FromSeconds(9)).Should().Be(WebhookVerdict.TimestampOutsideTolerance);
        Verify(TimeSpan.FromSeconds(10)).Should().Be(WebhookVerdict.Valid);
        Verify(TimeSpan.MaxValue).Should().Be(WebhookVerdict.Valid);
        FluentActions.Invoking(() => Verify(TimeSpan.FromSeconds(-1))).Should().Throw<ArgumentOutOfRangeException>();

        static WebhookVerdict Verify(TimeSpan tolerance) => SixtyfourWebhook.Verify(
            Signed.Body, Signed.Header(time: Signed.Now - 10), [Signed.Secret], new() { TimeProvider = Signed.Clock, Tolerance = tolerance });
    }

    [Fact]
    public void The_time_is_taken_letter_by_letter_as_it_was_signed()
    {
        var padded = "0" + Signed.Now.ToString(CultureInfo.InvariantCulture);

        Signed.Verify($"t={padded},v1={Signed.Hex(Signed.Body, Signed.Secret, padded)}").Should().Be(WebhookVerdict.Valid);
        Signed.Verify($"t={padded},v1={Signed.Hex(Signed.Body, Signed.Secret, $"{Signed.Now}")}").Should().Be(WebhookVerdict.NoSignatureMatches);
    }

    [Fact]
    public void Upper_case_digits_and_blanks_after_commas_are_read()
    {
        Signed.Verify($"t={Signed.Now}, v1={Signed.Hex(Signed.Body, Signed.Secret, $"{Signed.Now}").ToUpperInvariant()}").Should().Be(WebhookVerdict.Valid);
        Signed.Verify($"v1={Signed.Hex(Signed.Body, Signed.Secret, $"{Signed.Now}")}\t,v0=tomorrow,t={Signed.Now},").Should().Be(WebhookVerdict.Valid);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(15)]
    public void Any_of_the_signatures_may_be_the_one(int position)
    {
        var signatures = Enumerable.Range(0, 16).Select(i => i == position ? Signed.Hex(Signed.Body, Signed.Secret, $"{Signed.Now}") : new string('0', 64));

        Signed.Verify($"t={Signed.Now},v1={string.Join(",v1=", signatures)}").Should().Be(WebhookVerdict.Valid);
    }

    [Fact]
    public void During_a_rotation_either_secret_will_do()
    {
        var both = $"{Signed.Header()},v1={Signed.Hex(Signed.Body, Signed.OldSecret, $"{Signed.Now}")}";

        Signed.Verify(both, null, Signed.Secret).Should().Be(WebhookVerdict.Valid);
        Signed.Verify(both, null, Signed.OldSecret).Should().Be(WebhookVerdict.Valid);
        Signed.Verify(Signed.Header(), null, Signed.OldSecret, Signed.Secret).Should().Be(WebhookVerdict.Valid);
        Signed.Verify(Signed.Header(), null, Signed.OldSecret).Should().Be(WebhookVerdict.NoSignatureMatches);
    }

    [Fact]
    public void A_changed_byte_anywhere_is_noticed()
    {
        for (var i = 0; i < Signed.Body.Length; i++)
        {
            var changed = Signed.Body.ToArray();
            changed[i] ^= 1;
            Signed.Verify(Signed.Header(), changed).Should().Be(WebhookVerdict.NoSignatureMatches);
        }
    }

    [Fact]
    public void A_changed_digit_anywhere_in_the_signature_is_noticed()
    {
        var header = Signed.Header();
        for (var i = header.IndexOf("v1=", StringComparison.Ordinal) + 3; i < header.Length; i++)
        {
            var changed = header.ToCharArray();
            changed[i] = changed[i] is '0' ? '1' : '0';
            Signed.Verify(new string(changed)).Should().Be(WebhookVerdict.NoSignatureMatches);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(1_000_000)]
    public void Bodies_of_any_length_are_verified(int length)
    {
        var body = Encoding.ASCII.GetBytes(new string('x', length));

        Signed.Verify(Signed.Header(body), body).Should().Be(WebhookVerdict.Valid);
        SixtyfourWebhook.Sign(body, Signed.Secret, Signed.Clock.GetUtcNow()).Should().Be(Signed.Header(body));
    }

    [Fact]
    public void Verifying_a_large_body_takes_no_more_memory_than_a_small_one()
    {
        var large = new byte[5_000_000];
        var header = Signed.Header(large);
        var small = Signed.Header();
        Signed.Verify(header, large);
        Signed.Verify(small);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Signed.Verify(small);
        var forSmall = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        Signed.Verify(header, large).Should().Be(WebhookVerdict.Valid);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(forSmall + 4_000);
    }

    [Fact]
    public void Every_verdict_has_a_sentence_of_its_own_without_a_secret_in_it()
    {
        var sentences = Enum.GetValues<WebhookVerdict>().Select(SixtyfourWebhook.Explain).ToList();

        sentences.Should().OnlyHaveUniqueItems().And.OnlyContain(sentence => sentence.EndsWith('.') && !sentence.Contains(Signed.Secret));
        FluentActions.Invoking(() => SixtyfourWebhook.Explain((WebhookVerdict)99)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Signing_wants_a_secret_and_a_time_that_can_be_written()
    {
        FluentActions.Invoking(() => SixtyfourWebhook.Sign(Signed.Body, " ", DateTimeOffset.UtcNow)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => SixtyfourWebhook.Sign(Signed.Body, Signed.Secret, DateTimeOffset.MinValue)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => SixtyfourWebhook.Verify(Signed.Body, "", null!)).Should().Throw<ArgumentNullException>();
    }
}
