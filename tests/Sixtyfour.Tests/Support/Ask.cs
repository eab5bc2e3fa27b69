namespace Sixtyfour.Tests.Support;

/// <summary>What the tests ask for.</summary>
internal static class Ask
{
    public static EnrichmentStruct Title => new() { ["title"] = "Current job title" };
}
