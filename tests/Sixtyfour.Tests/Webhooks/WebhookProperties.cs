using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Sixtyfour.Tests.Webhooks;

/// <summary>What anyone may send: nothing but a whole, unchanged delivery is valid, and nothing makes the reading fail in an unforeseen way.</summary>
public sealed class WebhookProperties
{
    private const int Cases = 60_000;
    private static readonly string[] HeaderPieces =
        ["t=", "v1=", ",", "=", " ", "\t", "t", "v1", "v2=", "v", "-", "0", "1700000000", "\0", "é", "\ud800", "t=1", ",v1=", ","
            + new string('9', 20), new('a', 64), new('0', 63), Signed.Header()];

    private static readonly string[] BodyPieces =
    [
        "{", "}", "[", "]", ":", ",",
        "\"", "\\u", "\\ud83d", "null", "true", "1e999", "-", " ", "\"task_id\":\"a\"", "\"run_id\":\"b\"", "\"status\":\"completed\"", "\"status\":\"failed\"",
        "\"result\":{}", "\"results\":[]",
        "\"charge_amount\":1e400", "\"charge_amount\":\"7\"", "\"error\":{\"message\":1}", "\"event_id\":\"e\"", "\"task_type\":\"x_bulk\"", "\"\\ud800\":1",
    ];

    [Fact]
    public void A_header_made_of_anything_is_never_valid_by_accident()
    {
        var headers = Gen.Elements(HeaderPieces).NonEmptyListOf().Select(string.Concat<string>);
        var valid = Signed.Header();

        Prop.ForAll(headers.ToArbitrary(), header =>
        {
            var verdict = Signed.Verify(header);
            return Enum.IsDefined(verdict) && (verdict is not WebhookVerdict.Valid || header.Contains(valid[^64..], StringComparison.OrdinalIgnoreCase));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    [Fact]
    public void A_header_with_one_character_changed_is_never_valid()
    {
        var valid = Signed.Header();
        var changes = from position in Gen.Choose(0, valid.Length - 1)
                      from value in Gen.Choose(0, 0x2FF)
                      from kind in Gen.Choose(0, 2)
                      select (position, (char)value, kind);

        Prop.ForAll(changes.ToArbitrary(), change =>
        {
            var (position, value, kind) = change;
            var header = kind switch
            {
                0 => valid[..position] + value + valid[(position + 1)..],
                1 => valid[..position] + valid[(position + 1)..],
                _ => valid[..position] + value + valid[position..],
            };
            return Signed.Verify(header) is not WebhookVerdict.Valid || Normalized(header) == valid;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

        // Blanks around a part, an empty part and upper-case digits change nothing.
        static string Normalized(string header) =>
            string.Join(',', header.Split(',').Select(part => part.Trim(' ', '\t')).Where(part => part.Length > 0)).ToLower(CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_body_made_of_anything_is_an_event_or_refused()
    {
        var bodies = Gen.Elements(BodyPieces).ListOf().Select(pieces => Encoding.UTF8.GetBytes("{" + string.Concat(pieces) + "}"));

        Prop.ForAll(bodies.ToArbitrary(), IsReadOrRefused).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    [Fact]
    public void Members_in_any_combination_are_an_event()
    {
        var members = BodyPieces.Where(piece => piece.StartsWith('"') && piece.Length > 1).ToArray();
        var bodies = Gen.SubListOf(members).Select(chosen => Encoding.UTF8.GetBytes("{" + string.Join(',', chosen) + "}"));

        Prop.ForAll(bodies.ToArbitrary(), body =>
        {
            var received = SixtyfourWebhook.Parse(body);
            return received.ToString() is not null && (received is not JobEvent job || job.JobId.Length > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    [Fact]
    public void A_body_with_bytes_changed_is_an_event_or_refused()
    {
        var changes = Gen.Zip(Gen.Choose(0, Signed.Body.Length - 1), Gen.Choose(0, 255)).NonEmptyListOf();

        Prop.ForAll(changes.ToArbitrary(), list =>
        {
            var body = Signed.Body.ToArray();
            foreach (var (position, value) in list)
            {
                body[position] = (byte)value;
            }

            return IsReadOrRefused(body);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    private static bool IsReadOrRefused(byte[] body)
    {
        try
        {
            var received = SixtyfourWebhook.Parse(body);
            return received.ToString() is not null && (received is not JobCompletedEvent done || ReadsOrSays(done));
        }
        catch (InvalidResponseException)
        {
            return true;
        }
    }

    private static bool ReadsOrSays(JobCompletedEvent done)
    {
        try
        {
            return done.ReadEnrichment() is not null;
        }
        catch (InvalidResponseException e)
        {
            return e.JobId == done.JobId;
        }
    }
}
