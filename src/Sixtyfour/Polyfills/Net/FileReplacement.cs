namespace Sixtyfour;

/// <summary>Puts a finished file in the place of another in one step.</summary>
internal static class FileReplacement
{
    /// <summary>Creates the file that will replace another. Whoever may not read that one may not read this one either.</summary>
    public static FileStream Create(string path, string target)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous,
            BufferSize = 64 * 1024,
        };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            options.UnixCreateMode = File.GetUnixFileMode(target);
        }

        return new FileStream(path, options);
    }

    public static void Move(string from, string to) => File.Move(from, to, overwrite: true);
}
