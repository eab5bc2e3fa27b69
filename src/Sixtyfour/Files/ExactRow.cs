using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields;

namespace Sixtyfour.Files;

/// <summary>
/// Reads a CSV row as a type directly from its bytes, as long as there is nothing to repair, to report or to guess. A serializer in between would take most of
/// the time.
/// </summary>
internal sealed class ExactRow
{
    private readonly ExactCell[] _cells;
    private readonly ObjectMaker _maker;

    private ExactRow(ExactCell[] cells, ObjectMaker maker)
    {
        _cells = cells;
        _maker = maker;
    }

    /// <summary>Whether any cell had a value.</summary>
    public bool HasValues { get; private set; }

    /// <summary>
    /// Null when every row must be cast: the type keeps other columns, or only a serializer can create it, or it has a member without a column that cannot be
    /// null, or a column name matches only without case.
    /// </summary>
    public static ExactRow? For(TypePlan plan, CsvRowReader reader)
    {
        var columns = reader.Columns;
        if (!plan.IsObject || plan.KeepsUnknown || ObjectMaker.For(plan) is not { } maker)
        {
            return null;
        }

        var cells = new List<ExactCell>();
        for (var place = 0; place < plan.Members.Count; place++)
        {
            var member = plan.Members[place];
            var column = columns.Find(member.JsonName);
            if (column >= 0)
            {
                cells.Add(new ExactCell(reader.RawIndex(column), place, member, plan.Contract.Options));
            }
            else if (!member.CanBeNull() || columns.FindRespelled(member.JsonName) >= 0)
            {
                return null;
            }
        }

        return new ExactRow([.. cells], maker);
    }

    public bool TryRead(CsvRowReader row, out object? data)
    {
        HasValues = false;
        _maker.Begin();
        data = null;
        var record = row.Record;
        var raw = row.RawCells;
        foreach (var cell in _cells)
        {
            var text = cell.Column < raw.Length ? raw[cell.Column].In(record) : default;
            if (text.Length > 0)
            {
                if (!cell.TryRead(text, raw[cell.Column].HasDoubledQuotes, out var value))
                {
                    return false;
                }

                HasValues = true;
                _maker.Set(cell.Place, value);
            }
            else if (!cell.MayBeEmpty)
            {
                return false;
            }
        }

        try
        {
            data = _maker.Make();
            return true;
        }
        catch (Exception e) when (e is TargetInvocationException || StructReader.IsRefusal(e))
        {
            // The type refuses a value; casting finds out which.
            return false;
        }
    }
}

/// <summary>
/// Creates objects from the values of their members as their JSON contract does: with a constructor, or by setting the members of an empty object.
/// </summary>
internal abstract class ObjectMaker
{
    /// <summary>Null when only the serializer can create the type.</summary>
    public static ObjectMaker? For(TypePlan plan)
    {
        var contract = plan.Contract;
        JsonPropertyInfo[] properties = [.. plan.Members.SelectMany(member => contract.Properties.Where(property => property.Name == member.JsonName))];
        if (contract.OnDeserializing is not null || contract.OnDeserialized is not null || properties.Length != plan.Members.Count)
        {
            return null;
        }

        if (contract.CreateObject is not { } create)
        {
            return contract.ConstructorAttributeProvider is ConstructorInfo constructor ? ConstructedObject.For(constructor, properties) : null;
        }

        var setters = properties.Select(property => property.Set).ToArray();
        return setters.Contains(null) ? null : new FilledObject(create, setters!);
    }

    public abstract void Begin();

    /// <param name="member">Its index in the plan.</param>
    /// <param name="value">Of the member's own type.</param>
    public abstract void Set(int member, object value);

    public abstract object Make();
}

/// <summary>Creates an empty object and sets its members.</summary>
internal sealed class FilledObject(Func<object> create, Action<object, object?>[] setters) : ObjectMaker
{
    private object _made = "";

    public override void Begin() => _made = create();

    public override void Set(int member, object value) => setters[member](_made, value);

    public override object Make() => _made;
}

/// <summary>Calls a constructor with parameters and sets the other members afterwards.</summary>
internal sealed class ConstructedObject : ObjectMaker
{
    private readonly Func<object?[], object> _constructor;
    private readonly object?[] _defaults;
    private readonly object?[] _arguments;
    private readonly int[] _parameters;
    private readonly Action<object, object?>?[] _setters;
    private readonly object?[] _values;
    private readonly bool _hasSetters;

    private ConstructedObject(Func<object?[], object> constructor, object?[] defaults, int[] parameters, Action<object, object?>?[] setters)
    {
        _constructor = constructor;
        _defaults = defaults;
        _arguments = new object?[defaults.Length];
        _parameters = parameters;
        _setters = setters;
        _hasSetters = setters.Any(setter => setter is not null);
        _values = new object?[setters.Length];
    }

    public static ConstructedObject? For(ConstructorInfo constructor, JsonPropertyInfo[] properties)
    {
        var declared = constructor.GetParameters();
        var (parameters, setters) = (new int[properties.Length], new Action<object, object?>?[properties.Length]);
        var defaults = new object?[declared.Length];
        for (var i = 0; i < properties.Length; i++)
        {
            // The contract lists an init-only member as a parameter, too.
            var isParameter = properties[i].AssociatedParameter is { IsMemberInitializer: false };
            parameters[i] = isParameter ? properties[i].AssociatedParameter!.Position : -1;
            setters[i] = isParameter ? null : Setter(properties[i]);
            if (isParameter ? parameters[i] >= declared.Length : setters[i] is null)
            {
                return null;
            }

            if (isParameter)
            {
                defaults[parameters[i]] = properties[i].AssociatedParameter!.DefaultValue;
            }
        }

        // A parameter without a member is left to the serializer.
        return parameters.Count(position => position >= 0) == declared.Length
            ? new ConstructedObject(ConstructorCalls.For(constructor), defaults, parameters, setters)
            : null;
    }

    public override void Begin()
    {
        Array.Copy(_defaults, _arguments, _defaults.Length);
        if (_hasSetters)
        {
            Array.Clear(_values, 0, _values.Length);
        }
    }

    public override void Set(int member, object value)
    {
        if (_parameters[member] >= 0)
        {
            _arguments[_parameters[member]] = value;
        }
        else
        {
            _values[member] = value;
        }
    }

    public override object Make()
    {
        var made = _constructor(_arguments);
        for (var i = 0; _hasSetters && i < _values.Length; i++)
        {
            if (_values[i] is { } value)
            {
                _setters[i]!(made, value);
            }
        }

        return made;
    }

    private static Action<object, object?>? Setter(JsonPropertyInfo property) =>
        property.AssociatedParameter is null ? property.Set
        : (property.AttributeProvider as PropertyInfo)?.SetMethod is { } setter ? ConstructorCalls.ForSetter(setter)
        : null;
}
