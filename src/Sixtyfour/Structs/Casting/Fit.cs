namespace Sixtyfour;

/// <summary>How well a value fitted the type it was wanted as.</summary>
internal enum Fit
{
    /// <summary>It came as it should.</summary>
    Exact,

    /// <summary>It came in another shape, and what it means is clear.</summary>
    Repaired,

    /// <summary>It cannot be read without guessing; nothing was written.</summary>
    Unfit,
}
