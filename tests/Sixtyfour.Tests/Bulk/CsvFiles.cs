using System.Text;

namespace Sixtyfour.Tests.Bulk;

/// <summary>CSV files made up at random, of everything that makes reading them hard.</summary>
internal sealed class CsvFiles(int seed)
{
    private static readonly string[] s_pieces =
    [
        "", "a", "Nadia Okafor",
        "Example Robotics", "\"", "\"\"", ",", "\r", "\n", "\r\n", " ", "\t", "=1+1", "@SUM(A1:A9)", "-", "+44", "é", "日本", "😀", "\uFEFF", "'", ";", "\\", "\0",
        "12", "3.5", "true", "[\"a\", 'b']", "{\"k\": 1}", "x,y", "line\nbreak",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Records that can be written and read without a doubt.</summary>
    public (byte[] Bytes, string[][] Records, string LineEnd) Next()
    {
        var width = _random.Next(1, 6);
        var records = Enumerable.Range(0, _random.Next(1, 8)).Select(_ => Record(width)).ToArray();
        var end = Pick("\r\n", "\n", "\r");
        var text = new StringBuilder(_random.Next(4) is 0 ? "\uFEFF" : "");
        for (var i = 0; i < records.Length; i++)
        {
            text.Append(string.Join(",", records[i].Select((cell, at) => Written(cell, isFirst: at is 0, records[i].Length is 1))));
            text.Append(i == records.Length - 1 && _random.Next(3) is 0 ? "" : end);
            text.Append(_random.Next(8) is 0 ? end : "");
        }

        return (new UTF8Encoding(false).GetBytes(text.ToString()), records, end);
    }

    private string[] Record(int width) => [.. Enumerable.Range(0, _random.Next(6) is 0 ? _random.Next(1, width + 1) : width).Select(_ => Cell())];

    private string Cell() => string.Concat(Enumerable.Range(0, _random.Next(4)).Select(_ => s_pieces[_random.Next(s_pieces.Length)]));

    // A byte order mark at the beginning of the file would be one, and a lone empty cell a blank line.
    private string Written(string cell, bool isFirst, bool isAlone) =>
        cell.IndexOfAny(['"', ',', '\r', '\n']) >= 0 || (isFirst && cell.StartsWith('\uFEFF')) || (isAlone && cell.Length is 0) || _random.Next(5) is 0
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
