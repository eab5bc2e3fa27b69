namespace Sixtyfour;

/// <summary>A source that the agent used.</summary>
/// <param name="url">Its address, just as it was sent.</param>
public sealed class SourceReference(string url)
{
    /// <summary>Its address, just as it was sent.</summary>
    public string Url { get; } = url;

    /// <summary>What the agent found there, several texts one below the other.</summary>
    /// <value><see langword="null"/> when it said nothing.</value>
    public string? Description { get; init; }

    /// <summary>The title of the page.</summary>
    /// <value><see langword="null"/> when none was sent.</value>
    public string? Title { get; init; }

    /// <summary>What stands there word for word, several quotes one below the other.</summary>
    /// <value><see langword="null"/> when none was sent.</value>
    public string? Quote { get; init; }

    /// <summary>Names the type only: an address may say who was researched.</summary>
    public override string ToString() => nameof(SourceReference);
}
