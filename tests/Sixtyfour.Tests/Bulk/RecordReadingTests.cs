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
    [InlineData("a\r\r\n1\r\r\n", "a|1")]
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
    [InlineData(FileFormat.Json, "{\"rows\": []}", "*row 0 (from 0) is not an array: a .json file holds one array of objects*")]
    [InlineData(FileFormat.Json, "[{},", "*row 1 (from 0) is not valid JSON*(line 1, column 4).")]
    [InlineData(FileFormat.Json, "[{}] []", "*row 1 (from 0) is not valid JSON*")]
    [InlineData(FileFormat.Json, "", "*row 0 (from 0) is not valid JSON*")]
    [InlineData(FileFormat.Csv, "a\n1\n\"x", "*row 1 (from 0) cannot be read: a quote is opened and never closed (line 3, column 3).")]
    [InlineData(FileFormat.Csv, "a,b\n1,2\n\n\"x\"y,2\n", "*row 1 (from 0) cannot be read: text follows a closing quote (line 4, column 4).")]
    [InlineData(FileFormat.Csv, "a,b\n\"x\ny\",2\n1,2,,3\n", "*row 1 (from 0) has 4 values under 2 columns*(line 4, column 6).")]
    [InlineData(FileFormat.Csv, "a,b\n1,x\ry\n",
        "*row 0 (from 0) cannot be read: a carriage return stands alone in a value that is not in quotes (line 2, column 4).")]
    [InlineData(FileFormat.Csv, "a;b\n1;2\n", "*the header is separated by semicolons*")]
    [InlineData(FileFormat.Csv, "a\tb\n1\t2\n", "*the header is separated by tabs*")]
    [InlineData(FileFormat.Csv, "a|b\n1|2\n", "*the header is separated by vertical bars*")]
    [InlineData(FileFormat.Csv, "name;\"a,b\";c\n", "*the header is separated by semicolons*")]
    [InlineData(FileFormat.Csv, "sep=;\na;b\n", "*the header is Excel's 'sep=' line*")]
    [InlineData(FileFormat.Csv, "sep=,\na,b\n", "*the header is Excel's 'sep=' line*")]
    [InlineData(FileFormat.Csv, "PK\u0003\u0004", "*is compressed*")]
    [InlineData(FileFormat.Csv, "a\0,\0b\0\n\0", "*looks like UTF-16*")]
    public async Task What_is_not_what_its_name_says_is_refused(object format, string text, string message)
    {
        var reading = () => CutAsync((FileFormat)format, text, _ => 3);

        (await reading.Should().ThrowAsync<ArgumentException>()).WithMessage(message);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0 }, "*UTF-16*")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "*compressed*")]
    [InlineData(new byte[] { 0x61, 0x0A, 0x62, 0x0A, 0xC3, 0xA4, 0x78, 0xE4, 0x78 }, "*row 1 (from 0) is not UTF-8*(line 3, column 3).")]
    [InlineData(new byte[] { 0x61, 0x0A, 0xED, 0xA0, 0x80 }, "*row 0 (from 0) is not UTF-8*")]
    public async Task Other_encodings_are_refused(byte[] bytes, string message)
    {
        var reading = async () => await ReadAllAsync(new StreamRecords(ByteReader.Of(new MemoryStream(bytes), true), FileFormat.Csv));

        (await reading.Should().ThrowAsync<ArgumentException>()).WithMessage(message);
    }

    [Theory]
    [InlineData("\"Company; legal\"\nExample\n")]
    [InlineData("name,Company; legal\na,b\n")]
    [InlineData("name (first;last),title\na,b\n")]
    [InlineData("a,b\n1,2,,\n")]
    public async Task What_only_resembles_another_delimiter_is_taken(string text) => (await CutAsync(FileFormat.Csv, text, _ => 5)).Should().HaveCount(2);

    [Fact]
    public async Task A_record_that_could_not_be_read_back_ends_the_reading()
    {
        var reading = () => CutAsync(FileFormat.Csv, "a\n" + new string('x', RecordReader.MaxRecordBytes + 200_000), _ => 1_000_000);

        (await reading.Should().ThrowAsync<ArgumentException>()).WithMessage("*row 0 (from 0) has more than 33,554,432 bytes*");
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
        var (isBegin, isQuoted, isBehindQuote, isCellEmpty, cells, columns) = (true, false, false, true, 1, 0);
        bool? endsInReturns = null;
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
                    (isQuoted, isBehindQuote) = (false, true);
                    record.Append(c);
                    continue;
                }

                isCellEmpty = false;
                if (IsTooWide())
                {
                    return ["refused"];
                }

                record.Append(c);
            }
            else if (c is '\r' or '\n')
            {
                var isPair = c is '\r' && i + 1 < text.Length && text[i + 1] is '\n';
                var isLone = c is '\r' && !isPair && i + 1 < text.Length;
                endsInReturns ??= isLone;
                if (isLone && endsInReturns is false)
                {
                    return ["refused"];
                }

                i += isPair ? 1 : 0;
                columns = columns is 0 && record.Length > 0 ? cells : columns;
                records.Add(record.ToString());
                record.Clear();
                (isBegin, isBehindQuote, isCellEmpty, cells) = (true, false, true, 1);
            }
            else
            {
                isQuoted = isBegin && c is '"';
                isCellEmpty &= isQuoted || c is ',';
                if ((isBehindQuote && c is not ',') || IsTooWide())
                {
                    return ["refused"];
                }

                isBegin = c is ',';
                (isBehindQuote, isCellEmpty, cells) = (false, isBegin || isCellEmpty, isBegin ? cells + 1 : cells);
                record.Append(c);
            }
        }

        records.Add(record.ToString());
        return isQuoted ? ["refused"] : records.FindAll(one => one.Length > 0);

        bool IsTooWide() => columns > 0 && cells > columns && !isCellEmpty;
    }

    private static async Task IsCutAsync(FileFormat format, string text, string records)
    {
        var due = records.Length is 0 ? [] : records.Split('|');
        foreach (var size in (int[])[1, 2, 3, 5, 1000])
        {
            (await CutAsync(format, text, _ => size)).Should().Equal(due);
        }
    }

    private static async Task<List<string>> CutAsync(FileFormat format, string text, Func<int, int> size)
    {
        var bytes = new Pieces(Encoding.UTF8.GetBytes(text), size);
        return await ReadAllAsync(new StreamRecords(bytes, format));
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
