using System.Net;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator;

/// <summary>Something that goes wrong with a request, a piece of work or a delivery; see <see cref="SixtyfourEmulator.Inject"/>.</summary>
/// <remarks>
/// Faults fall into four groups. Refusals answer instead of the service: nothing runs and nothing is charged. Broken answers let the work run, and be
/// charged, before they spoil the answer. <see cref="FailsTheJob"/> concerns the work, <see cref="DropsTheWebhook"/> and its likes the delivery.
/// </remarks>
public sealed partial class Fault
{
    private readonly string _name;

    private Fault(string name, FaultStage stage) => (_name, Stage) = (name, stage);

    internal FaultStage Stage { get; }

    /// <summary>Answers instead of the service.</summary>
    internal Reply? Refusal { get; private init; }

    /// <summary>Whether <see cref="Refusal"/> is the service's word for one request too many, which has headers of its own.</summary>
    internal bool IsOverLimit { get; private init; }

    /// <summary>The wait that the refusal names.</summary>
    internal TimeSpan? Wait { get; private init; }

    /// <summary>Sends the answer of the service in a way of its own.</summary>
    internal AnswerSpoiler? Spoiler { get; private init; }

    /// <summary>Whether the answer is spoiled at once, before the work is done.</summary>
    internal bool SpoilsAtOnce { get; private init; }

    /// <summary>How much of the request is read before its connection is reset.</summary>
    internal long BytesBeforeTheReset { get; private init; }

    /// <summary>What the failed work says of itself.</summary>
    internal string? WorkError { get; private init; }

    /// <summary>Refuses with a status, as a gateway before the service would: nothing runs, is charged or counts against the rate limit.</summary>
    /// <param name="status">The status of the answer, from 200 to 599.</param>
    /// <param name="body">The body of the answer. Null: the service's own body for such a status, or none for 502, 503 and 504.</param>
    /// <param name="retryAfter">The wait named by <c>Retry-After</c>, in whole seconds. Null: no such header.</param>
    public static Fault Status(HttpStatusCode status, string? body = null, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((int)status, 200, nameof(status));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)status, 599, nameof(status));
        return new($"status {(int)status}", FaultStage.InsteadOfTheWork) { Refusal = Refusals.Of(status, body).RetryAfter(retryAfter) };
    }

    /// <summary>
    /// Refuses with 429, as the service does: with its <c>X-RateLimit-…</c> headers, unless <see cref="EmulatorOptions.SendsRateLimitHeaders"/> is off.
    /// </summary>
    /// <param name="retryAfter">
    /// The wait named by <c>Retry-After</c>, in whole seconds, and by <c>X-RateLimit-Reset</c>. Null: no <c>Retry-After</c>, and the reset is a second away.
    /// </param>
    public static Fault RateLimited(TimeSpan? retryAfter = null) =>
        new("429", FaultStage.InsteadOfTheWork) { Refusal = Reply.TooManyRequests(retryAfter), IsOverLimit = true, Wait = retryAfter };

    /// <summary>Refuses with 503 and a body, as the service itself does when it has not started a request: nothing runs, nothing is charged.</summary>
    /// <param name="retryAfter">The wait named by <c>Retry-After</c>, in whole seconds. Null: one second.</param>
    public static Fault NotStarted(TimeSpan? retryAfter = null) => new("not started", FaultStage.InsteadOfTheWork)
    {
        Refusal = Reply.Error(HttpStatusCode.ServiceUnavailable, "The request was not started. Try again later")
            .RetryAfter(retryAfter ?? TimeSpan.FromSeconds(1)),
    };

    /// <summary>Answers 404 as if the job had not been heard of yet: for <c>/job-status/*</c> right after a start.</summary>
    public static Fault DoesNotKnowTheJob() => new("unknown job", FaultStage.InsteadOfTheWork) { Refusal = Refusals.JobNotFound };

    /// <summary>Answers 307 with a <c>Location</c>.</summary>
    /// <param name="target">Where to.</param>
    public static Fault RedirectsTo(Uri target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new("redirect", FaultStage.InsteadOfTheWork) { Refusal = new Reply(307, default, null) { Headers = [("Location", target.OriginalString)] } };
    }

    /// <summary>Answers 200 with a web page, as a captive portal or a proxy does.</summary>
    public static Fault AnswersHtml() => new("HTML", FaultStage.InsteadOfTheWork) { Refusal = Refusals.WebPage };

    /// <summary>Reads the request whole and takes the work on, charge included; then breaks the connection off without an answer.</summary>
    public static Fault LosesTheAnswer() => Spoils("lost answer", AnswerSpoilers.Lose, atOnce: true);

    /// <summary>Resets the connection when the head of the request has arrived, before the body is read: nothing runs.</summary>
    public static Fault ResetsTheConnection() => new("reset", FaultStage.BeforeTheBody);

    /// <summary>Resets the connection in the middle of an upload: nothing runs.</summary>
    /// <param name="afterBytes">How many bytes of the body are read before.</param>
    public static Fault ResetsTheUpload(long afterBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterBytes);
        return new($"reset after {afterBytes} bytes", FaultStage.BeforeTheBody) { BytesBeforeTheReset = afterBytes };
    }

    /// <summary>Sends a head that promises the whole answer, a part of it, and the end of the connection. The work has run and is charged.</summary>
    /// <param name="keepBytes">How many bytes of the body are sent.</param>
    public static Fault TruncatesTheBody(int keepBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keepBytes);
        return Spoils($"first {keepBytes} bytes", AnswerSpoilers.Truncate(keepBytes));
    }

    /// <summary>Sends the body a byte at a time, with a wait on the emulator's clock before each.</summary>
    /// <param name="perByte">The wait before each byte.</param>
    public static Fault Drips(TimeSpan perByte)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perByte, TimeSpan.Zero);
        return Spoils($"{perByte} per byte", AnswerSpoilers.Drip(perByte));
    }

    /// <summary>Holds the finished answer back for a time on the emulator's clock.</summary>
    /// <param name="wait">How long.</param>
    public static Fault Delays(TimeSpan wait)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        return Spoils($"{wait} late", AnswerSpoilers.Delay(wait));
    }

    /// <summary>Cuts the JSON of the answer in half; length and connection are in order. The work has run and is charged.</summary>
    public static Fault GarblesTheJson() => Spoils("half the JSON", AnswerSpoilers.Garble);

    /// <summary>Answers 200 with an empty body. The work has run and is charged.</summary>
    public static Fault EmptiesTheBody() => Spoils("empty body", AnswerSpoilers.Empty);

    /// <summary>Sends the answer without a length: the end of the connection is the end of the body.</summary>
    public static Fault LeavesOutTheLength() => Spoils("no length", AnswerSpoilers.LeaveOutTheLength);

    /// <summary>Lets the work run and fail: a job ends as <c>failed</c>, a synchronous call is answered with 500. A failure is not charged.</summary>
    /// <param name="error">What the job says about its failure.</param>
    public static Fault FailsTheJob(string error)
    {
        ArgumentException.ThrowIfNullOrEmpty(error);
        return new("failed job", FaultStage.Work) { WorkError = error };
    }

    /// <summary>Loses a delivery to a <c>webhook_url</c> as if the receiver had never been reached.</summary>
    public static Fault DropsTheWebhook() => new("dropped webhook", FaultStage.Delivery);

    /// <summary>What goes wrong, in a word or two.</summary>
    public override string ToString() => _name;

    private static Fault Spoils(string name, AnswerSpoiler spoiler, bool atOnce = false) =>
        new(name, FaultStage.OnTheAnswer) { Spoiler = spoiler, SpoilsAtOnce = atOnce };
}
