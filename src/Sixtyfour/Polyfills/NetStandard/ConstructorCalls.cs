using System.Reflection;

namespace Sixtyfour;

/// <summary>Calls a constructor that is known at run time only.</summary>
internal static class ConstructorCalls
{
    public static Func<object?[], object> For(ConstructorInfo constructor) => constructor.Invoke;

    public static Action<object, object?> ForSetter(MethodInfo setter) => (target, value) => setter.Invoke(target, [value]);
}
