namespace Sixtyfour;

/// <summary>Replaces a file by a finished one in one step.</summary>
internal static class FileReplacement
{
    /// <summary>Creates the file that will replace another, with the same access rights.</summary>
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

/// <summary>A temporary file for this user alone.</summary>
internal static class OwnerOnlyFile
{
    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var path = Path.Combine(Path.GetTempPath(), $"sixtyfour-{Guid.NewGuid():N}");
        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            // Without a name it cannot outlive the process; Windows deletes it by itself.
            File.Delete(path);
        }

        return file;
    }
}
