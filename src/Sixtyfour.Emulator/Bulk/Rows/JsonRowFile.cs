using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>JSON objects: one array of them, or one a line.</summary>
internal sealed class JsonRowFile(SpooledFile file, bool isArray) : RowFile(file)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
    private readonly List<string> _columns = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public override IReadOnlyList<string> Columns => _columns;

    public override async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var row in (isArray ? ElementsAsync(cancellationToken) : LinesAsync(cancellationToken)).ConfigureAwait(false))
        {
            number++;
            if (row.ValueKind is not JsonValueKind.Object)
            {
                throw new InvalidDataException($"row {number} is not an object");
            }

            _columns.AddRange(row.EnumerateObject().Select(member => member.Name).Where(_known.Add));
            yield return row;
        }
    }

    private async IAsyncEnumerable<JsonElement> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(File.OpenRead(), StrictUtf8, detectEncodingFromByteOrderMarks: false);
        for (var number = 1; await LineAsync(reader, cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return JsonText.Read(Encoding.UTF8.GetBytes(line)).Value ?? throw new InvalidDataException($"line {number} is not JSON");
            }
        }
    }

    private async IAsyncEnumerable<JsonElement> ElementsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = File.OpenRead();
        await using (stream.ConfigureAwait(false))
        {
            var elements = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream, cancellationToken: cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            await using (elements.ConfigureAwait(false))
            {
                while (await NextAsync(elements).ConfigureAwait(false))
                {
                    yield return elements.Current;
                }
            }
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<JsonElement> elements)
    {
        try
        {
            return await elements.MoveNextAsync().ConfigureAwait(false) && IsText(JsonMarshal.GetRawUtf8Value(elements.Current));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("the file is not an array of objects", e);
        }
    }

    // The serializer takes what only fails when somebody reads it.
    private static bool IsText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new InvalidDataException("the file is not UTF-8");
        }

        JsonText.RefuseLoneSurrogates(json);
        return true;
    }

    private static async Task<string?> LineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("the file is not UTF-8", e);
        }
    }
}
