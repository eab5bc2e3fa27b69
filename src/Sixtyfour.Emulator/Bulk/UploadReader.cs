using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>Reads <c>multipart/form-data</c> as it arrives; the file goes straight to disk.</summary>
internal static class UploadReader
{
    private const int LongestBoundary = 70;    // RFC 2046
    private const int MostOtherBytes = 4 * BulkLimits.MostConfigCharacters;

    public static async Task<Upload> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var upload = new Upload();
        try
        {
            await ReadAsync(upload, request, cancellationToken).ConfigureAwait(false);
            return upload;
        }
        catch (InvalidDataException)
        {
            upload.Flaw = "it is not a form";
            return upload;
        }
        catch (IOException e) when (!cancellationToken.IsCancellationRequested && e is not BadHttpRequestException)
        {
            upload.Flaw = "it ends before its last boundary";
            return upload;
        }
        catch
        {
            upload.Dispose();
            throw;
        }
    }

    private static async Task ReadAsync(Upload upload, HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > BulkLimits.MostFileBytes + MostOtherBytes)
        {
            upload.IsTooLarge = true;
            return;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            upload.Flaw = "the content type is not multipart/form-data with a boundary";
            return;
        }

        var parts = new MultipartReader(boundary.Value!, request.Body);
        while (!upload.IsTooLarge && await parts.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } part)
        {
            await ReadAsync(upload, part, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ReadAsync(Upload upload, MultipartSection part, CancellationToken cancellationToken)
    {
        var disposition = part.GetContentDispositionHeader();
        switch (disposition is null ? null : HeaderUtilities.RemoveQuotes(disposition.Name).Value)
        {
            case "config":
                upload.Config = await TextOfAsync(part.Body, cancellationToken).ConfigureAwait(false);
                break;
            case "file" when NameOf(disposition!) is { Length: > 0 } fileName:
                upload.FileName = fileName;
                await SpoolAsync(upload, part.Body, cancellationToken).ConfigureAwait(false);
                break;
            default:
                break;   // other parts are none of the service's business; the reader skips them
        }
    }

    private static string? NameOf(ContentDispositionHeaderValue disposition) =>
        (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).Value;

    private static async Task<string> TextOfAsync(Stream part, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (bytes.Length <= MostOtherBytes && await part.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static async Task SpoolAsync(Upload upload, Stream part, CancellationToken cancellationToken)
    {
        var file = upload.File = new SpooledFile();
        var buffer = new byte[64 * 1024];
        long length = 0;
        while (await part.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            length += read;
            if (length > BulkLimits.MostFileBytes)
            {
                upload.IsTooLarge = true;
                return;
            }

            await file.Content.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        await file.Content.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
