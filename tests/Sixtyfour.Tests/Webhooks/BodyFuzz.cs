using System.Text;

namespace Sixtyfour.Tests.Webhooks;

/// <summary>Bodies that are nearly events: the right members with any value, repeated, nested, and some of them with a byte changed.</summary>
public sealed class BodyFuzz
{
    private const int Cases = 150_000;

    private static readonly string[] s_names =
    [
        "task_id", "task_id", "run_id", "event_id",
        "status", "status", "task_type", "result", "result", "results", "charge_amount", "error", "start_time", "structured_data", "notes", "findings",
        "references", "confidence_score", "message", "title", "field_confidence", "\\u0074ask_id", "", "\\ud800", "é",
    ];

    private static readonly string[] s_words =
    [
        "completed", "completed", "completed",
        "failed", "cancelled", "running", "pending", "people_intelligence_bulk", "enrich_lead", "job-1", "", " ", "300", "1e999", "2026-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:60Z", "\\ud83d\\ude00", "\\ud83d", "\\u0000", "\\n", "https://example.com/a?b=c",
    ];

    private static readonly string[] s_numbers = [
        "0", "-0", "1", "300", "0.5", "-1", "1e308", "1e309", "-1e400", "79228162514264337593543950336", "1e-400", "9007199254740993", "00", "1.", "-"];

    private static readonly string[] s_literals = ["null", "true", "false", "{}", "[]"];

    [Fact]
    public void Each_of_150_000_bodies_is_an_event_or_refused()
    {
        var seen = new Dictionary<string, int>();
        for (var seed = 0; seed < Cases; seed++)
        {
            var outcome = "";
            try
            {
                outcome = Read(Body(new Random(seed)));
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}: {e}");
            }

            seen[outcome] = seen.GetValueOrDefault(outcome) + 1;
        }

        // Not noise: each way out is taken often.
        seen.Keys.Should().BeEquivalentTo(
            "refused", "JobCompletedEvent", "JobCompletedEvent without a result", "JobFailedEvent", "BulkCompletedEvent", "WorkflowEvent", "WebhookEvent");
        seen.Values.Should().OnlyContain(count => count > 1_000, string.Join(", ", seen));
    }

    private static string Read(byte[] body)
    {
        WebhookEvent received;
        try
        {
            received = SixtyfourWebhook.Parse(body);
        }
        catch (InvalidResponseException)
        {
            return "refused";
        }

        received.Raw.ValueKind.Should().Be(System.Text.Json.JsonValueKind.Object);
        received.ToString().Should().StartWith(received.GetType().Name);
        if (received is JobEvent job && string.IsNullOrWhiteSpace(job.JobId))
        {
            Assert.Fail("A job event without an id.");
        }

        return received is JobCompletedEvent done && !HasResult(done) ? "JobCompletedEvent without a result" : received.GetType().Name;
    }

    private static bool HasResult(JobCompletedEvent done)
    {
        try
        {
            var found = done.ReadEnrichment();
            _ = found["title"].AsString();
            _ = done.ReadEnrichment<Founder>().Data.Title;
            return true;
        }
        catch (InvalidResponseException e) when (e.JobId == done.JobId)
        {
            return false;
        }
    }

    private static byte[] Body(Random random)
    {
        var text = new StringBuilder();
        Object(text, random, depth: 0);
        var body = Encoding.UTF8.GetBytes(text.ToString());
        if (random.Next(8) is 0)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return random.Next(40) is 0 ? body[..random.Next(body.Length)] : body;
    }

    private static void Object(StringBuilder text, Random random, int depth)
    {
        text.Append('{');
        if (depth is 0 && random.Next(3) > 0)
        {
            text.Append($"\"task_id\":\"job-1\",\"status\":\"{s_words[random.Next(6)]}\",");
        }

        for (var (i, count) = (0, random.Next(depth is 0 ? 2 : 0, depth is 0 ? 9 : 5)); i < count; i++)
        {
            var name = s_names[random.Next(s_names.Length)];
            text.Append(i is 0 ? "" : random.Next(300) is 0 ? "" : ",").Append('"').Append(name).Append("\":");
            Value(text, random, depth + 1, name);
        }

        text.Append('}');
    }

    private static void Value(StringBuilder text, Random random, int depth, string name)
    {
        // Mostly what belongs there, so that what follows is reached.
        var isInPlace = random.Next(5) > 0;
        if (isInPlace && name is "result" or "structured_data" or "references")
        {
            Object(text, random, depth);
        }
        else if (isInPlace && name is "results" or "findings")
        {
            Array(text, random, depth);
        }
        else if (isInPlace && name is "status" or "task_id" or "run_id" or "task_type")
        {
            Text(text, random);
        }
        else if (random.Next(100) is 0)
        {
            var nested = random.Next(55, 75);
            text.Append('[', nested).Append(']', nested);
        }
        else
        {
            Anything(text, random, depth);
        }
    }

    private static void Anything(StringBuilder text, Random random, int depth)
    {
        switch (random.Next(depth > 6 ? 3 : 5))
        {
            case 0:
                Text(text, random);
                break;
            case 1:
                text.Append(s_numbers[random.Next(s_numbers.Length - (random.Next(20) is 0 ? 0 : 3))]);
                break;
            case 2:
                text.Append(s_literals[random.Next(s_literals.Length)]);
                break;
            case 3:
                Object(text, random, depth);
                break;
            default:
                Array(text, random, depth);
                break;
        }
    }

    private static void Array(StringBuilder text, Random random, int depth)
    {
        text.Append('[');
        for (var (i, count) = (0, random.Next(4)); i < count; i++)
        {
            text.Append(i is 0 ? "" : ",");
            Anything(text, random, depth + 1);
        }

        text.Append(']');
    }

    private static void Text(StringBuilder text, Random random) => text.Append('"').Append(s_words[random.Next(s_words.Length)]).Append('"');

    private sealed record Founder(string? Title);
}
