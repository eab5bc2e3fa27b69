namespace Sixtyfour;

/// <summary>A source that the agent used.</summary>
/// <param name="Url">Its address, just as it was sent.</param>
/// <param name="Description">What the agent found there, several texts one below the other; <see langword="null"/> when it said nothing.</param>
public sealed record Reference(string Url, string? Description)
{
    /// <summary>The title of the page.</summary>
    /// <value><see langword="null"/> when none was sent.</value>
    public string? Title { get; init; }

    /// <summary>What stands there word for word, several quotes one below the other.</summary>
    /// <value><see langword="null"/> when none was sent.</value>
    public string? Quote { get; init; }

    /// <summary>Names the type only: an address may say who was researched.</summary>
    public override string ToString() => nameof(Reference);
}
