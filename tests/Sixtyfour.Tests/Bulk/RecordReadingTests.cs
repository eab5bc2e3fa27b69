using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Bulk;
using Sixtyfour.Files;

namespace Sixtyfour.Tests.Bulk;

public sealed class RecordReadingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "")]
    [InlineData("a,b", "a,b")]
    [InlineData("a,b\n1,2\n", "a,b|1,2")]
    [InlineData("a,b\r\n1,2\r\n3,4", "a,b|1,2|3,4")]
    [InlineData("a\r1\r2", "a|1|2")]
    [InlineData("\n\na\n\n1\n\n", "a|1")]
    [InlineData("a\n\"x\ny\"\nz", "a|\"x\ny\"|z")]
    [InlineData("a,b\n\"x,\"\"\n\"\"\",2\n3,4", "a,b|\"x,\"\"\n\"\"\",2|3,4")]
    [InlineData("a\n\"\"\n\"\"\"\"\n1", "a|\"\"|\"\"\"\"|1")]
    [InlineData("a\n5\" disc\n6\" disc\n", "a|5\" disc|6\" disc")]
    [InlineData("\uFEFFa,b\n1,2", "a,b|1,2")]
    public async Task Csv_is_cut_at_the_ends_of_its_records(string text, string records) => await IsCutAsync(FileFormat.Csv, text, records);

    [Theory]
    [InlineData("{}\n{\"a\":1}\n", "{}|{\"a\":1}")]
    [InlineData("{}\r\n \t\r\n\n  {\"a\":\"\\n\"}  ", "{}|{\"a\":\"\\n\"}")]
    public async Task Lines_are_rows_and_blank_ones_are_none(string text, string records) => await IsCutAsync(FileFormat.JsonLines, text, records);

    [Theory]
    [InlineData("[]", "")]
    [InlineData(" [ { } ] ", "{ }")]
    [InlineData("[{\"a\":[1,2,{\"b\":\"]}\\\"\"}]},1,\"x\",null,[[]]]", "{\"a\":[1,2,{\"b\":\"]}\\\"\"}]}|1|\"x\"|null|[[]]")]
    [InlineData("\uFEFF[\n  {\"a\": 1},\n  {\"a\": 2}\n]\n", "{\"a\": 1}|{\"a\": 2}")]
    public async Task An_array_is_cut_into_its_elements(string text, string records) => await IsCutAsync(FileFormat.Json, text, records);

    [Theory]
    [InlineData(FileFormat.Json, "{\"rows\": []}", "*record 1 is no array: a .json file holds one array of objects.")]
    [InlineData(FileFormat.Json, "[{},", "*record 2 is no valid JSON.")]
    [InlineData(FileFormat.Json, "[{}] []", "*record 2 is no valid JSON.")]
    [InlineData(FileFormat.Json, "", "*record 1 is no valid JSON.")]
    [InlineData(FileFormat.Csv, "a\n1\n\"x", "*record 3 begins a quoted value that is never closed.")]
    public async Task What_is_not_what_its_name_says_is_refused(object format, string text, string message)
    {
        var reading = () => CutAsync((FileFormat)format, text, _ => 3);

        (await reading.Should().ThrowAsync<ArgumentException>()).WithMessage(message);
    }

    [Fact]
    public async Task Utf16_is_refused()
    {
        var reading = async () => await ReadAllAsync(new StreamRecords(ByteReader.Of(new MemoryStream([0xFF, 0xFE, 0x61, 0]), true), FileFormat.Csv.Scanner(), 1000));

        (await reading.Should().ThrowAsync<ArgumentException>()).WithMessage("*UTF-8*");
    }

    [Fact]
    public async Task A_record_larger_than_any_file_ends_the_reading()
    {
        var reading = () => CutAsync(FileFormat.Csv, "a\n" + new string('x', 300_000), _ => 50_000, longest: 100_000);

        (await reading.Should().ThrowAsync<ArgumentException>()).WithMessage("*record 2 alone has more than 100,000 bytes*");
    }

    [Fact]
    public void However_the_bytes_come_the_records_are_the_same()
    {
        var pieces = Gen.Elements("a", ",", "\"", "\r", "\n", "\r\n", "\"\"", "ä", "xyz", "\",\"");
        var texts = Gen.ListOf(pieces).Select(list => string.Concat(list));
        Prop.ForAll(texts.ToArbitrary(), Gen.Choose(1, 7).ToArbitrary(), (text, size) =>
        {
            var whole = Try(text, _ => int.MaxValue);
            Try(text, _ => size).Should().Equal(whole);
            whole.Should().Equal(Plain(text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    private static List<string> Try(string text, Func<int, int> size)
    {
        try
        {
            return CutAsync(FileFormat.Csv, text, size).GetAwaiter().GetResult();
        }
        catch (ArgumentException)
        {
            return ["refused"];
        }
    }

    // The same rules once more, character by character.
    private static List<string> Plain(string text)
    {
        var records = new List<string>();
        var record = new StringBuilder();
        var (isBegin, isQuoted) = (true, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted)
            {
                if (c is '"' && i + 1 < text.Length && text[i + 1] is '"')
                {
                    record.Append(c);
                    i++;
                }
                else if (c is '"')
                {
                    isQuoted = false;
                }

                record.Append(c);
            }
            else if (c is '\r' or '\n')
            {
                i += c is '\r' && i + 1 < text.Length && text[i + 1] is '\n' ? 1 : 0;
                records.Add(record.ToString());
                record.Clear();
                isBegin = true;
            }
            else
            {
                isQuoted = isBegin && c is '"';
                isBegin = c is ',';
                record.Append(c);
            }
        }

        records.Add(record.ToString());
        return isQuoted ? ["refused"] : records.FindAll(one => one.Length > 0);
    }

    private static async Task IsCutAsync(FileFormat format, string text, string records)
    {
        var due = records.Length is 0 ? [] : records.Split('|');
        foreach (var size in (int[])[1, 2, 3, 5, 1000])
        {
            (await CutAsync(format, text, _ => size)).Should().Equal(due);
        }
    }

    private static async Task<List<string>> CutAsync(FileFormat format, string text, Func<int, int> size, long longest = 1_000_000)
    {
        var bytes = new Pieces(Encoding.UTF8.GetBytes(text), size);
        return await ReadAllAsync(new StreamRecords(bytes, format.Scanner(), longest));
    }

    private static async Task<List<string>> ReadAllAsync(RecordReader records)
    {
        var read = new List<string>();
        await using (records)
        {
            while (await records.MoveNextAsync(Token))
            {
                read.Add(Encoding.UTF8.GetString(records.Current.Span));
            }
        }

        return read;
    }

    private sealed class Pieces(byte[] bytes, Func<int, int> size) : ByteReader
    {
        private int _position;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            var count = Math.Min(Math.Min(size(_position), buffer.Length), bytes.Length - _position);
            bytes.AsSpan(_position, count).CopyTo(buffer.Span);
            _position += count;
            return new(count);
        }

        public override void Dispose()
        {
        }
    }
}
