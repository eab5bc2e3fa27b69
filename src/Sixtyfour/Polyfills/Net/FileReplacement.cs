namespace Sixtyfour;

/// <summary>Puts a finished file in the place of another in one step.</summary>
internal static class FileReplacement
{
    public static void Move(string from, string to) => File.Move(from, to, overwrite: true);
}
