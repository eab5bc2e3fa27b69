using System.Globalization;

namespace Sixtyfour.Bulk;

/// <summary>Compares the rows with what the journal says a run began with.</summary>
internal static class RunInput
{
    public static void Compare(NumberedFile file, RunLine line)
    {
        // What was refused may have been mended since, as long as the rows after it keep their places.
        var hasContent = line.IsRefused || string.Equals(file.Content.Sha256, line.Sha256, StringComparison.Ordinal);
        if (file.FirstRow != line.FirstRow || file.Rows != line.Rows || !hasContent)
        {
            throw Changed(line, $"now has {Number(file.Rows)} rows from {Number(file.FirstRow)} on, with other content than before");
        }
    }

    public static BulkInputChangedException Shorter(RunLine line) => Changed(line, "is missing: the input has fewer rows than before");

    public static BulkInputChangedException Longer(RunLine last) => Changed(last, "was the last one: the input has more rows than before");

    private static BulkInputChangedException Changed(RunLine line, string what) => new(
        $"File {Number(line.File)} of the run ({Number(line.Rows)} rows from {Number(line.FirstRow)} on) {what}. Nothing was sent. A run needs the same rows in the same order every time; for other rows begin another journal.");

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
