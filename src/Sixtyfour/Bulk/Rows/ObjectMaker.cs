using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields.Reading;

namespace Sixtyfour.Bulk;

/// <summary>Makes objects out of the values of their members, in the way their JSON contract names: an empty one that is filled, or a constructor.</summary>
internal abstract class ObjectMaker
{
    /// <summary>Null when only the serializer itself can do it.</summary>
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

    /// <param name="member">Its place in the plan.</param>
    /// <param name="value">Of the member's own type.</param>
    public abstract void Set(int member, object value);

    public abstract object Make();
}

/// <summary>Made empty, then filled.</summary>
internal sealed class FilledObject(Func<object> create, Action<object, object?>[] setters) : ObjectMaker
{
    private object _made = "";

    public override void Begin() => _made = create();

    public override void Set(int member, object value) => setters[member](_made, value);

    public override object Make() => _made;
}
