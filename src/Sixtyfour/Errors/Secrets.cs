namespace Sixtyfour.Errors;

/// <summary>Keeps the key out of what ends in logs, also when the service repeats it.</summary>
internal static class Secrets
{
    public static string Mask(string text, string key) => key.Length is 0 ? text : text.Replace(key, "[key]");
}
