using System.Net;

namespace Sixtyfour.FaultCampaign.Books;

/// <summary>What an exception tells its reader by the documentation of the errors.</summary>
internal static class Sayings
{
    /// <summary>Empty when the exception is none that the documentation names.</summary>
    public static IReadOnlyList<Said> Of(string? token, Exception failure) => failure switch
    {
        OperationCanceledException { InnerException: OutcomeUnknownException doubt } => [
            new(token, SaidKind.Doubt, doubt.JobId, "OperationCanceledException with OutcomeUnknownException inside")],
        OperationCanceledException { InnerException: SixtyfourException { JobId: { } jobId } } => [
            new(token, SaidKind.Id, jobId, "OperationCanceledException with the id inside")],
        OperationCanceledException => [new(token, SaidKind.Canceled, null, nameof(OperationCanceledException))],
        BulkRunIncompleteException incomplete => [.. incomplete.Failures.SelectMany(inner => Of(token, inner))],
        SixtyfourException known => [new(token, KindOf(known), known.JobId, known.GetType().Name)],
        _ => [],
    };

    private static SaidKind KindOf(SixtyfourException failure) => failure switch
    {
        { JobId: not null } => SaidKind.Id,
        { IsSafeToRepeat: true } => SaidKind.NothingRan,
        InsufficientCreditsException or InvalidApiKeyException or PermissionDeniedException or InvalidRequestException => SaidKind.NothingRan,
        OutcomeUnknownException or InvalidResponseException or ServerErrorException => SaidKind.Doubt,
        SixtyfourApiException { StatusCode: HttpStatusCode.RequestTimeout } => SaidKind.Doubt,
        _ => SaidKind.Refused,
    };
}
