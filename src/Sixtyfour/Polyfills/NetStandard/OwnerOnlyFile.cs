using System.Runtime.InteropServices;

namespace Sixtyfour;

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
