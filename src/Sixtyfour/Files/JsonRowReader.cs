using System.Text.Json;

namespace Sixtyfour.Files;

/// <summary>Reads a file of JSON objects: one after the other, as in JSON lines, or as the items of one array.</summary>
internal sealed class JsonRowReader : RowReader
{
    private readonly List<string> _rowIds = [];
    private int _length;
    private bool _isOver;

    private JsonRowReader(RowBuffer buffer, bool isArray)
        : base(buffer) => IsArray = isArray;

    public bool IsArray { get; }

    public ReadOnlySpan<byte> Record => Buffer.Rest.Slice(0, _length);

    public static async ValueTask<RowReader> OpenAsync(RowBuffer buffer, CancellationToken cancellationToken)
    {
        var isArray = await NextAsync(buffer, cancellationToken).ConfigureAwait(false) is (byte)'[';
        if (isArray)
        {
            buffer.Skip(1);
        }

        return new JsonRowReader(buffer, isArray);
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        Buffer.Skip(_length);
        _length = 0;
        var next = _isOver ? null : await NextAsync(Buffer, cancellationToken).ConfigureAwait(false);
        if (IsArray && !_isOver && next is (byte)',' && RowsRead > 0)
        {
            Buffer.Skip(1);
            next = await NextAsync(Buffer, cancellationToken).ConfigureAwait(false);
        }

        if (IsArray && !_isOver)
        {
            _isOver = next is (byte)']';
            if (next is null)
            {
                throw Invalid("the file ends within its list");
            }
        }

        if (_isOver || next is null)
        {
            return false;
        }

        return next is (byte)'{' ? await ReadObjectAsync(cancellationToken).ConfigureAwait(false) : throw Invalid("it is not a JSON object");
    }

    public override void MoveTo(long offset)
    {
        Buffer.MoveTo(offset);
        _length = 0;
        _isOver = false;
    }

    public override RowValues Values() => new JsonRowValues(Copy());

    public byte[] Copy() => HidesRowId ? RowJson.Without(Record, RowId.Column) : Record.ToArray();

    public override bool TryGetRowId(out long id)
    {
        var isFound = FindRowIds(areRespelled: false, out id);
        if (_rowIds.Count is 0)
        {
            isFound = FindRowIds(areRespelled: true, out id);
            RespelledRowId = _rowIds.Count > 0 ? _rowIds[0] : RespelledRowId;
        }

        return _rowIds.Count > 1 ? throw ManyRowIds(_rowIds) : isFound;
    }

    private bool FindRowIds(bool areRespelled, out long id)
    {
        id = 0;
        _rowIds.Clear();
        var isFound = false;
        var reader = new Utf8JsonReader(Record);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isMatch = areRespelled ? IsRespelled(reader.ValueSpan) : reader.ValueTextEquals(RowId.Column);
            if (isMatch)
            {
                _rowIds.Add(areRespelled ? Utf8Text.Decode(reader.ValueSpan) : RowId.Column);
            }

            reader.Read();
            if (isMatch)
            {
                isFound = RowId.TryRead(JsonElement.ParseValue(ref reader), out id);
            }
            else
            {
                reader.Skip();
            }
        }

        return isFound;
    }

    // Nearly every name has another length, and is not decoded.
    private static bool IsRespelled(ReadOnlySpan<byte> name) => name.Length is >= 5 and <= 8 && RowId.IsRespelled(Utf8Text.Decode(name));

    private static async ValueTask<byte?> NextAsync(RowBuffer buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var blank = 0;
            while (blank < buffer.Rest.Length && buffer.Rest[blank] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                blank++;
            }

            buffer.Skip(blank);
            if (buffer.Rest.Length > 0)
            {
                return buffer.Rest[0];
            }

            if (buffer.IsLast)
            {
                return null;
            }

            await buffer.MoreAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> ReadObjectAsync(CancellationToken cancellationToken)
    {
        while (!TryMeasure())
        {
            await Buffer.MoreAsync(cancellationToken).ConfigureAwait(false);
        }

        RowsRead++;
        return true;
    }

    private bool TryMeasure()
    {
        try
        {
            var options = new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = JsonRow.MaxDepth };
            var reader = new Utf8JsonReader(Buffer.Rest, Buffer.IsLast, new JsonReaderState(options));
            if (!reader.Read() || !reader.TrySkip())
            {
                return false;
            }

            _length = (int)reader.BytesConsumed;
            return true;
        }
        catch (JsonException e)
        {
            throw Invalid("the row is not valid JSON, or the file ends within it", e);
        }
    }
}
