using System.Net;
using Sixtyfour.Http.RateLimiting;

namespace Sixtyfour.Http;

/// <summary>One attempt to fetch a file, or what is left of it.</summary>
internal sealed class DownloadAttempt : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly Call _call;
    private readonly DownloadRequest _request;
    private readonly Download _download;
    private readonly TimeProvider _clock;
    private readonly HttpRequestMessage _message;
    private readonly CancellationTokenSource _time;
    private readonly IdleLimit _idle;
    private readonly string _key;
    private readonly Uri _endpoint;
    private WatchedSend? _watched;

    public DownloadAttempt(Call call, DownloadRequest request, string? key, Uri endpoint, TimeProvider clock)
    {
        _call = call;
        _request = request;
        _download = request.Download;
        _endpoint = endpoint;
        _clock = clock;
        _key = key ?? "";
        _message = RequestMessage.CreateDownload(request, key);
        _time = CancellationTokenSource.CreateLinkedTokenSource(call.Token);
        _idle = new IdleLimit(call.Limits.Attempt, answer: call.Limits.Attempt, _time, clock);
    }

    public async ValueTask<AttemptResult> RunAsync(HttpClient client)
    {
        var watched = _watched = ResendGuard.Watch(null, _endpoint);
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(_message, HttpCompletionOption.ResponseHeadersRead, _time.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            failure = NetworkFailure.WithoutCredentials(failure);
            ThrowIfCanceled(failure);
            return Failed(failure, OutcomeTable.ForNoAnswer(failure, bodyBegun: false, isRepeatable: true));
        }

        using (response)
        {
            return response.StatusCode switch
            {
                _ when watched.FollowedTo is { } elsewhere => AttemptResult.Invalid(_call, InvalidResponses.FromElsewhere(_call, elsewhere, [])),
                HttpStatusCode.OK => await ReadAsync(response, Begin(response)).ConfigureAwait(false),
                HttpStatusCode.PartialContent => await ReadAsync(response, Continue(response)).ConfigureAwait(false),
                HttpStatusCode.RequestedRangeNotSatisfiable => Restart("it has no bytes where the last transfer stopped"),
                var status when (int)status is >= 300 and < 400 => AttemptResult.Invalid(_call, InvalidResponses.Redirect(_call, response, [])),
                var status when (int)status is < 300 => AttemptResult.Invalid(_call, InvalidResponses.NoFile(_call, status)),
                _ => Refused(response),
            };
        }
    }

    public void Dispose()
    {
        _watched?.End();
        _idle.Dispose();
        _time.Dispose();
        _message.Dispose();
    }

    // Null: the body can be read.
    private AttemptResult? Begin(HttpResponseMessage response)
    {
        var length = response.Content.Headers.ContentLength;
        // Decompression removes the length, and ranges would count other bytes; so without a length a transfer cannot be resumed.
        var isResumable = length is not null && !response.Headers.AcceptRanges.Contains("none");
        var validator = isResumable && response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;
        var isFramed = length is not null || response.Headers.TransferEncodingChunked is true || response.Version.Major > 1;
        _download.Restart(length, validator, isFramed);
        _download.MediaType = response.Content.Headers.ContentType?.MediaType;
        return length > Download.MaxBytes ? AttemptResult.Invalid(_call, InvalidResponses.FileTooLarge(_call)) : null;
    }

    private AttemptResult? Continue(HttpResponseMessage response)
    {
        var range = response.Content.Headers.ContentRange;
        var fits = _download.CanResume
            && range is { HasRange: true, Unit: "bytes" }
            && range.From == _download.Received
            && (!range.HasLength || range.Length == _download.Length)
            && (response.Headers.ETag is null || response.Headers.ETag.Tag == _download.Validator);
        return fits ? null : Restart("another part than the requested one came");
    }

    private async ValueTask<AttemptResult> ReadAsync(HttpResponseMessage response, AttemptResult? refusal)
    {
        if (refusal is not null)
        {
            return refusal;
        }

        try
        {
            await CopyAsync(response.Content).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not InvalidResponseException && failure != _download.TargetFailure)
        {
            ThrowIfCanceled(failure);
            return Failed(failure, OutcomeTable.ForBrokenBody(isRepeatable: true));
        }

        if (_download.Length is { } due && due != _download.Received)
        {
            var received = _download.Received;
            if (received > due)
            {
                _download.Restart();
            }

            return Failed(new EndOfStreamException($"{received} of {due} bytes came"), OutcomeTable.ForBrokenBody(isRepeatable: true));
        }

        _download.Complete();
        return AttemptResult.Done(_call);
    }

    private async ValueTask CopyAsync(HttpContent content)
    {
        // Not returned to a pool: a canceled read may still write into it.
        var buffer = new byte[BufferSize];
        using var body = await content.ReadAsStreamAsync(_time.Token).ConfigureAwait(false);
        while (true)
        {
            _idle.Moved();
            var read = await body.ReadAsync(buffer.AsMemory(), _time.Token).ConfigureAwait(false);
            if (read is 0)
            {
                return;
            }

            if (_download.Received + read > Download.MaxBytes)
            {
                throw InvalidResponses.FileTooLarge(_call);
            }

            await _download.AddAsync(buffer.AsMemory(0, read), _call.Token).ConfigureAwait(false);
        }
    }

    private AttemptResult Restart(string why)
    {
        _download.Restart();
        return Failed(new IOException(why), OutcomeTable.ForBrokenBody(isRepeatable: true));
    }

    // The body stays unread: storage services repeat the signed address in it.
    private AttemptResult Refused(HttpResponseMessage response)
    {
        var hint = RetryHint.Read(response, _clock.GetUtcNow());
        var info = ResponseInfos.CreateWithoutAddresses(response, _call.Attempts, _key);
        var error = ApiErrors.ForLink(info, _request.Origin, _request.TakesKey, hint, _call.Request.JobId);
        var verdict = OutcomeTable.ForStatus(response.StatusCode, hint is not null, isRepeatable: true, retriesServerErrors: true);
        return AttemptResult.Failed(_call, error, verdict, hint);
    }

    private void ThrowIfCanceled(Exception failure)
    {
        if (_call.Token.IsCancellationRequested)
        {
            throw _call.Canceled(failure);
        }
    }

    private AttemptResult Failed(Exception failure, Verdict verdict)
    {
        var reason = _idle.HasPassed ? $"no byte came within {_call.Limits.Attempt}" : NetworkFailure.Reason(failure);
        var error = new ConnectionFailedException(
            $"A file of job {_call.Request.JobId} could not be fetched from {_request.Origin}: {reason}. Reading it again resumes where it stopped.", failure)
        {
            JobId = _call.Request.JobId,
            Attempts = _call.Attempts,
        };
        return AttemptResult.Failed(_call, error, verdict, hasProgressed: verdict.SendAgain && _download.HasGrown());
    }
}
