using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Bulk;

/// <summary><c>GET /bulk-files/…</c>: what a signed link leads to. Takes one range, and <c>If-Range</c>.</summary>
internal sealed class FileEndpoint(JobBook book, FileLinks links, EmulatorOptions options) : IEndpoint
{
    public IEnumerable<Route> Routes => [Route.Get(FileLinks.Root + Route.Rest, AnswerAsync) with { NeedsKey = options.LinksNeedKey }];

    private async ValueTask<Reply> AnswerAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        return links.HasExpired(request.Path, request.Query) switch
        {
            null => Reply.Error(HttpStatusCode.Forbidden, "The signature of this link does not match"),
            true => Reply.Error(options.ExpiredLinkStatus, "This link has expired"),
            false => await FindAsync(request).ConfigureAwait(false) is { } file ? Answer(request, file) : Reply.Detail(HttpStatusCode.NotFound, "Not Found"),
        };
    }

    private async Task<StageFile?> FindAsync(ApiRequest request)
    {
        // Signed by us, so it has this form; the job may have been forgotten since.
        var parts = request.Path[FileLinks.Root.Length..].Split('/');
        return book.Find(parts[0])?.Work is IFileWork work
            ? (await work.FilesAsync().ConfigureAwait(false))
                .First(file => file.Stage == int.Parse(parts[1], CultureInfo.InvariantCulture) && file.Name == parts[2])
            : null;
    }

    private static Reply Answer(ApiRequest request, StageFile file)
    {
        var length = file.Content.Length;
        var tag = $"\"{request.Path[FileLinks.Root.Length..]}\"";   // what a job has found never changes
        (string, string)[] headers = [("Accept-Ranges", "bytes"), ("ETag", tag)];
        if (RangeOf(request, tag) is not { } range)
        {
            return new(200, default, file.MediaType) { File = new(file.Content, 0, length), Headers = headers };
        }

        // The last so many bytes, or from here to there.
        var from = range.From ?? Math.Max(0, length - range.To!.Value);
        var end = range.From is null || range.To >= length ? length : range.To + 1 ?? length;
        return from >= length
            ? new(416, default, null) { Headers = [.. headers, ("Content-Range", $"bytes */{length}")] }
            : new(206, default, file.MediaType)
            {
                File = new(file.Content, from, end - from),
                Headers = [.. headers, ("Content-Range", $"bytes {from}-{end - 1}/{length}")],
            };
    }

    // Anything else than one range of bytes is ignored, as the standard allows.
    private static RangeItemHeaderValue? RangeOf(ApiRequest request, string tag) =>
        RangeHeaderValue.TryParse(request.Header("Range"), out var range) && range is { Unit: "bytes", Ranges.Count: 1 }
            && (request.Header("If-Range") ?? tag) == tag
            ? range.Ranges.First()
            : null;
}
