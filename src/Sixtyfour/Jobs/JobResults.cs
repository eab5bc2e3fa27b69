using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Json;

namespace Sixtyfour.Jobs;

/// <summary>The result inside the status of a finished job.</summary>
internal static class JobResults
{
    /// <summary>
    /// The unchanged result; for a bulk job, whose status has no single result, the list of files; the whole status where that has the members of a result.
    /// </summary>
    public static JsonElement Raw(JobSnapshot snapshot) =>
        snapshot.Raw.Member("result") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } result ? result
        : snapshot.Raw.Member("results") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } results ? results
        : snapshot.Raw.Member("structured_data").ValueKind is not JsonValueKind.Undefined ? snapshot.Raw
        : throw new InvalidResponseException($"Job {snapshot.JobId} has ended as '{snapshot.Status}', and its status has no result.")
        {
            JobId = snapshot.JobId,
            ResponseBody = BodyText.Cut(snapshot.Raw.GetRawText()),
        };

    /// <summary>Reads the result; the error of a result that cannot be read gets the id of its job.</summary>
    public static T Read<T>(JobSnapshot snapshot, Func<JsonElement, JobSnapshot, T> read)
    {
        var result = Raw(snapshot);
        try
        {
            return read(result, snapshot);
        }
        catch (InvalidResponseException e) when (e.JobId is null)
        {
            throw new InvalidResponseException(e.Message, e) { JobId = snapshot.JobId, ResponseBody = e.ResponseBody };
        }
    }
}
