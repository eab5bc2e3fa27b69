namespace Sixtyfour.Files;

/// <summary>Writes a file under a temporary name beside the target and then renames it: the target is never incomplete.</summary>
internal static class SavedFile
{
    public static async Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a directory: name the file to save to.");
        }

        var unfinished = $"{path}.{Guid.NewGuid().ToString("N").Substring(0, 8)}.part";
        var file = FileReplacement.Create(unfinished, path);
        try
        {
            using (file)
            {
                await write(file, cancellationToken).ConfigureAwait(false);
                await file.FlushAsync(cancellationToken).ConfigureAwait(false);
                // Otherwise the new name may outlive a crash of the machine, and the content not.
                file.Flush(flushToDisk: true);
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
