namespace Sixtyfour;

/// <summary>A typed reading of <c>structured_data</c>.</summary>
/// <param name="Data">The typed value; the type's default when it refuses to be made.</param>
/// <param name="Issues">What needs a look.</param>
/// <param name="Missing">What was asked for and did not come.</param>
internal readonly record struct StructReading<T>(T Data, IReadOnlyList<FieldIssue> Issues, IReadOnlyList<string> Missing);
