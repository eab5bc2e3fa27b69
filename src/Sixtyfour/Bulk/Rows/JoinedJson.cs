namespace Sixtyfour.Bulk;

/// <summary>JSON lines out of JSON files; an array where all of them are arrays.</summary>
internal sealed class JoinedJson : JoinedFile
{
    private bool _isArray = true;
    private bool _hasRows;

    public override bool TryAdd(RowReader reader)
    {
        _isArray &= reader is JsonRowReader { IsArray: true };
        return reader is JsonRowReader;
    }

    public override void Begin(GatheredWrites to) => to.Add(_isArray ? "["u8 : default);

    public override void Enter(RowReader reader)
    {
    }

    public override void Write(RowReader reader, GatheredWrites to)
    {
        if (_isArray)
        {
            to.Add(_hasRows ? ",\n"u8 : "\n"u8);
        }

        _hasRows = true;
        to.Add(((JsonRowReader)reader).Copy());
        if (!_isArray)
        {
            to.Add("\n"u8);
        }
    }

    public override void End(GatheredWrites to) => to.Add(_isArray ? "\n]\n"u8 : default);
}
