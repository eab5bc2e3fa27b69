namespace Sixtyfour.Json;

/// <summary>How the words of an open vocabulary compare: without regard to letter case, and with '-' and space read as '_'.</summary>
internal static class OpenWord
{
    public static string Canonical(string? word) => (word ?? "").Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    public static bool AreEqual(string? left, string? right) =>
        string.Equals(left, right, StringComparison.Ordinal) || string.Equals(Canonical(left), Canonical(right), StringComparison.Ordinal);

    public static int HashCode(string? word) => StringComparer.Ordinal.GetHashCode(Canonical(word));
}
