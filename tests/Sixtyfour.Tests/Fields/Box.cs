namespace Sixtyfour.Tests.Fields;

/// <summary>A type with a single member, for one cast at a time.</summary>
public sealed record Box<T>(T Value);
