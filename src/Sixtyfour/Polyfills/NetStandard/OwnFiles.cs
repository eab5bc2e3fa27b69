using System.Runtime.InteropServices;

namespace Sixtyfour;

/// <summary>Replaces a file by a finished one in one step.</summary>
internal static class FileReplacement
{
    /// <summary>Creates the file that will replace another. On Windows the replacement gets the access rights of that one.</summary>
    public static FileStream Create(string path, string target) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);

    public static void Move(string from, string to)
    {
        if (File.Exists(to))
        {
            File.Replace(from, to, destinationBackupFileName: null);
        }
        else
        {
            File.Move(from, to);
        }
    }
}

/// <summary>A temporary file for this user alone.</summary>
internal static class OwnerOnlyFile
{
    public static FileStream Create()
    {
        // Made with the owner's rights only on Unix, and in the user's own directory on Windows.
        var path = Path.GetTempFileName();
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            // Without a name it cannot outlive the process; Windows deletes it by itself.
            File.Delete(path);
        }

        return file;
    }
}
