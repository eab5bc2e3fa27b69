using System.Text;
using Sixtyfour.Bulk;
using Sixtyfour.Files;

namespace Sixtyfour.Tests.Bulk;

public sealed class LargeRowTests
{
    [Theory]
    [InlineData("rows.csv", "name\n\"{0}\"\n")]
    [InlineData("rows.jsonl", "{{\"name\":\"{0}\"}}\n")]
    [InlineData("rows.json", "[{{\"name\":\"{0}\"}}]")]
    public async Task The_larger_a_row_is_the_larger_are_the_pieces_it_is_read_in(string name, string form)
    {
        var stream = new CountingStream(Encoding.UTF8.GetBytes(string.Format(null, form, new string('x', 8_000_000))));
        using var reader = await RowReader.OpenAsync(stream, new FileLabel(name, null), FileFormats.Of(name, null), TestContext.Current.CancellationToken);

        (await reader.ReadAsync(TestContext.Current.CancellationToken)).Should().BeTrue();

        // Each piece makes a JSON row be looked at from its beginning.
        stream.Reads.Should().BeLessThan(20);
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int Reads { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reads++;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
