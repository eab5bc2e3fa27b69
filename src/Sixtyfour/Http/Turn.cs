using System.Net;

namespace Sixtyfour.Http;

/// <summary>The right to send one request, within every limit it counts against.</summary>
internal readonly struct Turn(RequestBudget.Slot request, RequestBudget.Slot? submission = null, Permit? permit = null) : IDisposable
{
    /// <summary>The request leaves now; the wait for a key may have come in between.</summary>
    /// <param name="isUpload">It takes its time to leave, and nobody knows yet how long.</param>
    public void Sending(bool isUpload)
    {
        if (isUpload)
        {
            request.Uploading();
            submission?.Uploading();
        }
        else
        {
            request.Sent();
            submission?.Sent();
        }
    }

    /// <summary>The last byte of the upload has left.</summary>
    public void Uploaded()
    {
        request.Sent();
        submission?.Sent();
    }

    /// <summary>An answer began. Headers and refusals tell of the wide limit, but nobody knows which one a submission was refused for.</summary>
    public void Answered(HttpResponseMessage response)
    {
        if (submission is null || response.StatusCode is not (HttpStatusCode)429)
        {
            request.Answered(response);
        }
    }

    public void Dispose()
    {
        request.Dispose();
        submission?.Dispose();
        permit?.Dispose();
    }
}
