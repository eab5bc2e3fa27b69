namespace Sixtyfour.Http;

internal sealed partial class Transport
{
    /// <summary>Fetches a file. A transfer that broke off resumes where it stopped; whenever the file has grown, retries are counted from zero again.</summary>
    public async Task DownloadAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        var call = new Call(request, CallLimits.ForDownload(_options), Clock, cancellationToken);
        await CallAsync(call, FetchAsync).ConfigureAwait(false);
    }

    private async Task<AttemptResult> FetchAsync(Call call)
    {
        while (true)
        {
            var result = await RunAsync(call).ConfigureAwait(false);
            if (result.Failure is null)
            {
                return result;
            }

            if (!result.HasProgressed || call.Limits.MaxRetries is 0)
            {
                throw result.Failure;
            }

            await Clock.Delay(_options.Retry.BaseDelay, call.Token).ConfigureAwait(false);
        }
    }

    private async ValueTask<AttemptResult> FetchOnceAsync(Call call, DownloadRequest request)
    {
        call.Token.ThrowIfCancellationRequested();
        ThrowIfDisposed(call);
        // Another origin has no part in the request limit, and must not get the key.
        using var permit = request.TakesKey ? await TakePermitAsync(call).ConfigureAwait(false) : null;
        var key = request.TakesKey ? await _keys.GetAsync(call).ConfigureAwait(false) : null;
        ThrowIfDisposed(call);
        call.Attempts++;
        permit?.Sending(isUpload: false);
        using var attempt = new DownloadAttempt(call, request, key, _options.Endpoint, Clock);
        return await attempt.RunAsync(_clients()).ConfigureAwait(false);
    }
}
