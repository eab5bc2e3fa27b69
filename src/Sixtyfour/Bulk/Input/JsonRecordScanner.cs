using System.Text.Json;

namespace Sixtyfour.Bulk;

/// <summary>The elements of one JSON array, without ever having the whole of it.</summary>
internal sealed class JsonRecordScanner : RecordScanner
{
    private const int MaxDepth = 512;

    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth });
    private bool _isInArray;
    private int _looked;
    private int _begin;

    public override bool TryFind(ReadOnlySpan<byte> unread, bool isLast, out FoundRecord found)
    {
        var reader = new Utf8JsonReader(unread.Slice(_looked), isLast, _state);
        try
        {
            while (reader.Read())
            {
                if (IsElementEnd(ref reader))
                {
                    var end = _looked + (int)reader.BytesConsumed;
                    found = new(_begin, end - _begin, end);
                    _state = reader.CurrentState;
                    _looked = 0;
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            throw Broken("is no valid JSON");
        }

        _looked += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        found = default;
        return false;
    }

    private bool IsElementEnd(ref Utf8JsonReader reader)
    {
        var isStart = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
        if (!_isInArray)
        {
            _isInArray = reader.TokenType is JsonTokenType.StartArray ? true : throw Broken("is no array: a .json file holds one array of objects");
            return false;
        }

        if (reader.CurrentDepth is not 1)
        {
            return false;
        }

        var isEnd = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
        _begin = isEnd ? _begin : _looked + (int)reader.TokenStartIndex;
        return !isStart;
    }
}
