namespace Sixtyfour;

/// <summary>A source that the agent used.</summary>
/// <param name="Url">Its address, just as it was sent.</param>
/// <param name="Description">What the agent found there; <see langword="null"/> when it said nothing.</param>
public sealed record Reference(string Url, string? Description)
{
    /// <summary>Names the type only: an address may say who was researched.</summary>
    public override string ToString() => nameof(Reference);
}
