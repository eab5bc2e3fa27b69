namespace Sixtyfour.Jobs;

/// <summary>What jobs have to have in common to run about equally long. Both names of a person's research are one.</summary>
internal static class JobKind
{
    public const string Unknown = "";
    public const string Bulk = "bulk";

    // The service's default.
    private static readonly Tier DefaultTier = Tier.Low;

    public static string Person(Tier tier) => $"person:{Word(tier)}";

    public static string Company(Tier tier) => $"company:{Word(tier)}";

    private static string Word(Tier tier) => Json.OpenWord.Canonical((tier.IsSpecified ? tier : DefaultTier).Value);
}
