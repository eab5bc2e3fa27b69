using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Sixtyfour.Tests.Bulk;

/// <summary>The reader against what was written, and against the most used reader there is.</summary>
public class CsvOracleTests
{
    [Fact]
    public Task A_hundred_thousand_files_are_read_as_they_were_written_and_as_the_oracle_reads_them() => AgreesAsync(seed: 2, files: 100_000);

    [Fact]
    public async Task Files_that_come_a_few_bytes_at_a_time_are_read_the_same()
    {
        var files = new CsvFiles(seed: 3);
        for (var i = 0; i < 2_000; i++)
        {
            var (bytes, records, lineEnd) = files.Next();

            (await CsvPieces.RecordsAsync(bytes, lineEnd, atATime: 1 + (i % 7)))
                .Should().BeEquivalentTo(records, options => options.WithStrictOrdering(), "file {0}", i);
        }
    }

    private static async Task AgreesAsync(int seed, int files)
    {
        var made = new CsvFiles(seed);
        for (var i = 0; i < files; i++)
        {
            var (bytes, records, lineEnd) = made.Next();
            var ours = await CsvPieces.RecordsAsync(bytes, lineEnd);
            if (!AreEqual(ours, records) || !AreEqual(ours, Oracle(bytes)))
            {
                ours.Should()
                    .BeEquivalentTo(records, options => options.WithStrictOrdering(), "file {0} of seed {1}: {2}", i, seed, Encoding.UTF8.GetString(bytes));
                Oracle(bytes).Should()
                    .BeEquivalentTo(ours, options => options.WithStrictOrdering(), "file {0} of seed {1}: {2}", i, seed, Encoding.UTF8.GetString(bytes));
            }
        }
    }

    private static List<string[]> Oracle(byte[] bytes)
    {
        using var text = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false));
        using var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false });
        var records = new List<string[]>();
        while (parser.Read())
        {
            records.Add([.. parser.Record!]);
        }

        return records;
    }

    private static bool AreEqual(List<string[]> one, IReadOnlyList<string[]> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
}
