using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>
/// Turns the parts of an upload into a submission or into the refusal they deserve: 422 for what breaks the schema or a limit, 413 for a file that is too
/// large, 400 for one that cannot be read, 403 for a tier the account has not.
/// </summary>
internal sealed class SubmissionReader(EmulatorOptions options)
{
    public async Task<(Submission? Submission, Reply? Refusal)> ReadAsync(BulkRoute route, Upload upload, CancellationToken cancellationToken)
    {
        if (upload.IsTooLarge)
        {
            return (null, Reply.Error(HttpStatusCode.RequestEntityTooLarge, "The file exceeds the limit of 100 MB"));
        }

        if (upload.Flaw is { } flaw)
        {
            return (null, Reply.Error(HttpStatusCode.BadRequest, $"There was an error parsing the body: {flaw}"));
        }

        var (config, refusal) = ReadConfig(route, upload);
        return config is null ? (null, refusal) : await ReadFileAsync(route, config, upload, cancellationToken).ConfigureAwait(false);
    }

    private (BulkConfig? Config, Reply? Refusal) ReadConfig(BulkRoute route, Upload upload)
    {
        if (Flaws(upload) is { Count: > 0 } flaws)
        {
            return (null, ValidationProblem.Answer(flaws));
        }

        if (JsonText.Read(Encoding.UTF8.GetBytes(upload.Config!)).Value is not { } body)
        {
            return (null, ValidationProblem.Answer([new("json_invalid", "Invalid JSON", Echo(upload), "body", "config")]));
        }

        var members = new MemberReader(body);
        var config = BulkConfig.Read(members, route);
        var refusal = members.Refusal ?? config.Refusal(options);
        return refusal is null ? (config, null) : (null, refusal);
    }

    private static List<ValidationProblem> Flaws(Upload upload)
    {
        var flaws = new List<ValidationProblem>();
        if (upload.File is null)
        {
            flaws.Add(ValidationProblem.Missing("file", JsonText.ToElement(new JsonObject())));
        }

        if (upload.Config is null)
        {
            flaws.Add(ValidationProblem.Missing("config", JsonText.ToElement(new JsonObject())));
        }
        else if (upload.Config.Length > BulkLimits.MostConfigCharacters)
        {
            flaws.Add(new("string_too_long", $"String should have at most {BulkLimits.MostConfigCharacters} characters", Echo(upload), "body", "config")
            {
                Context = new JsonObject { ["max_length"] = BulkLimits.MostConfigCharacters },
            });
        }

        return flaws;
    }

    private async Task<(Submission?, Reply?)> ReadFileAsync(BulkRoute route, BulkConfig config, Upload upload, CancellationToken cancellationToken)
    {
        if (RowFile.Of(upload.FileName!, upload.File!) is not { } rows)
        {
            return (null, Unreadable("the file type must be .csv, .json, .jsonl or .ndjson"));
        }

        try
        {
            var count = 0;
            await foreach (var _ in rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                count++;
            }

            return count switch
            {
                0 => (null, Unreadable("there are no rows")),
                > BulkLimits.MostRows => (null, Reply.Detail(
                    HttpStatusCode.UnprocessableEntity, $"The file has {count} rows, at most {BulkLimits.MostRows} are allowed")),
                _ when (long)count * rows.Columns.Count > BulkLimits.MostCells => (null, Unreadable(
                    $"{count} rows of {rows.Columns.Count} columns are too large a table")),
                _ when config.Columns?.FirstOrDefault(column => !rows.Columns.Contains(column, StringComparer.Ordinal)) is { } missing =>
                    (null, Reply.Error(HttpStatusCode.BadRequest, $"The file has no column '{missing}'")),
                _ => (SubmissionOf(route, config, rows, count), null),
            };
        }
        catch (InvalidDataException e)
        {
            return (null, Unreadable(e.Message));
        }
    }

    private Submission SubmissionOf(BulkRoute route, BulkConfig config, RowFile rows, int count) =>
        new(route.PipelineFor(config.Research, config.People), rows, count, config.Formats)
        {
            Columns = config.Columns,
            RowPriceCents = options.PriceOf(config.Research.Tier),
            WebhookUrl = config.Research.WebhookUrl,
        };

    private static Reply Unreadable(string why) => Reply.Error(HttpStatusCode.BadRequest, $"The file could not be parsed: {why}");

    private static JsonElement Echo(Upload upload) => JsonText.ToElement(JsonValue.Create(upload.Config!.Length > 100 ? upload.Config[..100] : upload.Config));
}
