namespace Sixtyfour.Bulk;

/// <summary>Writes a file under another name beside its place and then renames it: the target is never half a file.</summary>
internal static class SavedFile
{
    public static async Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var unfinished = $"{path}.{Guid.NewGuid().ToString("N").Substring(0, 8)}.part";
        var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);
        try
        {
            using (file)
            {
                await write(file, cancellationToken).ConfigureAwait(false);
                await file.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            FileReplacement.Move(unfinished, path);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
