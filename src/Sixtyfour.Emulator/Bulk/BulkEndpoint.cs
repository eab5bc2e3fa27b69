using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Billing;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;
using Sixtyfour.Emulator.Webhooks;

namespace Sixtyfour.Emulator.Bulk;

/// <summary><c>/bulk-intelligence/people</c> and <c>/bulk-intelligence/company</c></summary>
internal sealed class BulkEndpoint(
    JobBook book,
    FaultQueue faults, BulkResearch research, FileLinks links, SubmissionLimiter limiter, WebhookSender webhooks, EmulatorOptions options) : IEndpoint
{
    private const string KeyHeader = "Idempotency-Key";

    private readonly SubmissionReader _reader = new(options);
    private readonly object _gate = new();
    private readonly Dictionary<(string Path, string Key), EmulatorJob> _byKey = [];

    public static bool TakesFiles(ApiRequest request) => request.Method == "POST" && BulkRoute.Find(request.Path) is not null;

    public IEnumerable<Route> Routes =>
        BulkRoute.All.Select(route => Route.Post(route.Path, (request, cancellationToken) => AnswerAsync(route, request, cancellationToken)));

    private async ValueTask<Reply> AnswerAsync(BulkRoute route, ApiRequest request, CancellationToken cancellationToken)
    {
        var upload = request.Upload!;   // at these paths every body is read as one
        if (CostUnits.Read(request, out var inCredits) is { } unknownUnit)
        {
            return unknownUnit;
        }

        var key = request.Header(KeyHeader) is { Length: > 0 } given ? given : null;
        if (key?.Length > BulkLimits.MostKeyCharacters)
        {
            return ValidationProblem.Answer([TooLong(key)]);
        }

        if (Find(request.Path, key) is { } known)
        {
            return Known(known);
        }

        var (submission, refusal) = await _reader.ReadAsync(route, upload, cancellationToken).ConfigureAwait(false);
        return submission is null ? refusal! : Accept(route, submission, upload, key, inCredits);
    }

    /// <summary>Forgets the jobs with their keys: a key that outlived its job would lead nowhere.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _byKey.Clear();
            book.Clear();
            limiter.Clear();
        }
    }

    private EmulatorJob? Find(string path, string? key)
    {
        lock (_gate)
        {
            return key is null ? null : _byKey.GetValueOrDefault((path, key));
        }
    }

    // Two uploads with one key may have been read side by side: the first one to come here counts.
    private Reply Accept(BulkRoute route, Submission submission, Upload upload, string? key, bool inCredits)
    {
        lock (_gate)
        {
            if (Find(route.Path, key) is { } known)
            {
                return Known(known);
            }

            if (limiter.Wait() is { } wait)
            {
                return Reply.TooManyRequests(options.SendsRetryAfter ? wait : null);
            }

            var error = faults.Take(route.Path, stage => stage is FaultStage.Work)?.WorkError;
            var work = new BulkWork(submission, research, links, options) { Error = error };
            if (book.Begin(work, $"{route.Path} {submission.RowCount}", canBePolled: true) is not { } job)
            {
                return Refusals.InsufficientCredits;
            }

            upload.LetGoOfTheFile();
            limiter.Count();
            if (key is not null)
            {
                _byKey.Add((route.Path, key), job);
            }

            if (submission.WebhookUrl is { } target)
            {
                webhooks.Follow(job, target);
            }

            return Started(job, inCredits);
        }
    }

    private Reply Started(EmulatorJob job, bool inCredits)
    {
        var answer = Answer(job);
        answer["row_count"] = job.Rows;
        answer["estimated_cost_cents"] = JsonText.Number(job.Work.PriceCents);
        if (inCredits)
        {
            CostUnits.ToCredits(answer, "estimated_cost_cents", "estimated_cost_credits");
        }

        return Reply.Ok(answer);
    }

    private Reply Known(EmulatorJob job)
    {
        var answer = Answer(job);
        answer["already_started"] = true;
        return Reply.Ok(answer);
    }

    private JsonObject Answer(EmulatorJob job)
    {
        var answer = new JsonObject { ["task_id"] = job.Id };
        if ((options.SubmitStatus ?? "RUNNING") is { Length: > 0 } status)
        {
            answer["status"] = status;
        }

        return answer;
    }

    private static ValidationProblem TooLong(string key) =>
        new("string_too_long", $"String should have at most {BulkLimits.MostKeyCharacters} characters",
            JsonText.ToElement(JsonValue.Create(key)), "header", "idempotency-key")
        {
            Context = new JsonObject { ["max_length"] = BulkLimits.MostKeyCharacters },
        };
}
