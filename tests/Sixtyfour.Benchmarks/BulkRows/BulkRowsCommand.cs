using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;
using Sixtyfour.Bulk;
using Sixtyfour.Files;
using Sixtyfour.Json;

namespace Sixtyfour.Benchmarks.BulkRows;

/// <summary><c>bulk-rows</c>: rows as JSON lines and typed rows out of CSV, each beside a peer in the same run.</summary>
internal static class BulkRowsCommand
{
    private const int Rows = 100_000;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var rounds = (int)arguments.Number("--rounds", 11);
        var people = Enumerable.Range(0, Rows)
            .Select(i => new Person(i, $"Person {i}", "Example Robotics, \"EU\"", i % 3 is 0 ? null : $"Engineer {i % 40}", i % 30, i % 2 is 0)).ToArray();
        var writing = await PairAsync(rounds, () => WriteAsync(people), () => WriteBareAsync(people));
        Print("writing rows as JSON lines", "bare Utf8JsonWriter", writing);

        var isReadingFast = true;
        foreach (var (shape, more) in ((string, int)[])[("6 short columns", 0), ("18 columns, 6 of them read", 12)])
        {
            var path = Path.GetTempFileName();
            try
            {
                await File.WriteAllTextAsync(path, Csv(people, more));
                var reading = await PairAsync(rounds, () => ReadAsync(path), () => ReadWithCsvHelperAsync(path));
                Print($"reading typed rows from CSV, {shape}", "CsvHelper GetRecords", reading);
                isReadingFast &= more is 0 || reading.Time <= 1 / 1.8;
            }
            finally
            {
                File.Delete(path);
            }
        }

        return writing.Time <= 1.10 && writing.Bytes - writing.PeerBytes <= 16 && isReadingFast ? 0 : 1;
    }

    private static void Print(string what, string peer, Pair pair) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"what": "{{what}}", "peer": "{{peer}}", "timeRatio": {{pair.Time:0.000}}, "timesAsFast": {{1 / pair.Time:0.00}},"""
            + $$""" "nanosecondsPerRow": {{pair.Nanoseconds:0}}, "bytesPerRow": {{pair.Bytes:0}}, "peerBytesPerRow": {{pair.PeerBytes:0}}}"""));

    // Interleaved, so that whatever else the machine does hits both; the median of the ratios.
    private static async Task<Pair> PairAsync(int rounds, Func<Task<long>> ours, Func<Task<long>> theirs)
    {
        var ratios = new List<double>();
        var times = new List<double>();
        var (bytes, peerBytes) = (0.0, 0.0);
        for (var round = -2; round < rounds; round++)
        {
            var (time, allocated, count) = await TimeAsync(ours);
            var (peerTime, peerAllocated, peerCount) = await TimeAsync(theirs);
            if (count != peerCount)
            {
                throw new InvalidOperationException($"They differ: {count} and {peerCount}.");
            }

            if (round >= 0)
            {
                ratios.Add(time / peerTime);
                times.Add(time / Rows * 1e9);
                (bytes, peerBytes) = (allocated / (double)Rows, peerAllocated / (double)Rows);
            }
        }

        ratios.Sort();
        times.Sort();
        return new(ratios[ratios.Count / 2], times[times.Count / 2], bytes, peerBytes);
    }

    private static async Task<(double Time, long Allocated, long Count)> TimeAsync(Func<Task<long>> work)
    {
        GC.Collect();
        var (allocated, begun) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        var count = await work();
        return (Stopwatch.GetElapsedTime(begun).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - allocated, count);
    }

    private static async Task<long> WriteAsync(Person[] people)
    {
        var contracts = new JsonContracts(BulkRowsJson.Default);
        var records = BulkFile.FromRows(people, BulkRowsJson.Default.Person).Source.Read(contracts, CancellationToken.None);
        long bytes = 0;
        await using (records)
        {
            while (await records.MoveNextAsync(CancellationToken.None))
            {
                bytes += records.Current.Length + 1;
            }
        }

        return bytes;
    }

    private static Task<long> WriteBareAsync(Person[] people)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer);
        long bytes = 0;
        foreach (var person in people)
        {
            buffer.ResetWrittenCount();
            writer.Reset();
            JsonSerializer.Serialize(writer, person, BulkRowsJson.Default.Person);
            writer.Flush();
            bytes += buffer.WrittenCount + 1;
        }

        return Task.FromResult(bytes);
    }

    private static async Task<long> ReadAsync(string path)
    {
        using var result = BulkResult.FromPath(path);
        long sum = 0;
        await foreach (var row in result.ReadRowsAsync(EnrichmentStruct.For(BulkRowsJson.Default.Person)))
        {
            sum += row.Data.Id + (row.Data.Title?.Length ?? 0);
        }

        return sum;
    }

    private static Task<long> ReadWithCsvHelperAsync(string path)
    {
        using var reader = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        long sum = 0;
        foreach (var person in reader.GetRecords<Person>())
        {
            sum += person.Id + (string.IsNullOrEmpty(person.Title) ? 0 : person.Title.Length);
        }

        return Task.FromResult(sum);
    }

    private static string Csv(Person[] people, int moreColumns)
    {
        var more = string.Concat(Enumerable.Range(0, moreColumns).Select(i => $",Column {i}"));
        var values = string.Concat(Enumerable.Range(0, moreColumns).Select(i => $",a value as columns have them {i}"));
        var text = new StringBuilder($"Id,Name,Company,Title,Years,IsHiring{more}\n");
        foreach (var person in people)
        {
            var company = person.Company.Replace("\"", "\"\"", StringComparison.Ordinal);
            text.Append(
                CultureInfo.InvariantCulture, $"{person.Id},{person.Name},\"{company}\",{person.Title},{person.Years},{person.IsHiring}{values}\n");
        }

        return text.ToString();
    }

    private sealed record Pair(double Time, double Nanoseconds, double Bytes, double PeerBytes);
}

internal sealed record Person(int Id, string Name, string Company, string? Title, int Years, bool IsHiring);

[JsonSerializable(typeof(Person))]
internal sealed partial class BulkRowsJson : JsonSerializerContext;
