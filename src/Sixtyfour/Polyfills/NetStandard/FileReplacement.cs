namespace Sixtyfour;

/// <summary>Puts a finished file in the place of another in one step.</summary>
internal static class FileReplacement
{
    /// <summary>Creates the file that will replace another. On Windows the replacement takes over the rights of that one.</summary>
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
