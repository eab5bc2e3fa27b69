using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Json;

namespace Sixtyfour.Jobs;

/// <summary>The result inside the status of a finished job.</summary>
internal static class JobResults
{
    /// <summary>Just as it came; for a bulk job, whose status holds no single result, the list of files; the whole status where its members stand there.</summary>
    public static JsonElement Raw(JobSnapshot snapshot) =>
        snapshot.Raw.Member("result") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } result ? result
        : snapshot.Raw.Member("results") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } results ? results
        : snapshot.Raw.Member("structured_data").ValueKind is not JsonValueKind.Undefined ? snapshot.Raw
        : throw new InvalidResponseException($"Job {snapshot.JobId} has ended as '{snapshot.Status}', and its status holds no result.")
        {
            JobId = snapshot.JobId,
            ResponseBody = BodyText.Cut(snapshot.Raw.GetRawText()),
        };

    /// <summary>Gives the error of a result that cannot be read the id of its job.</summary>
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
