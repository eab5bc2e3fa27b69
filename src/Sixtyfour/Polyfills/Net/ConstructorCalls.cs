using System.Reflection;

namespace Sixtyfour;

/// <summary>Calls a constructor that is known at run time only.</summary>
internal static class ConstructorCalls
{
    public static Func<object?[], object> For(ConstructorInfo constructor)
    {
        var invoker = ConstructorInvoker.Create(constructor);
        return arguments => invoker.Invoke(arguments.AsSpan());
    }

    public static Action<object, object?> ForSetter(MethodInfo setter)
    {
        var invoker = MethodInvoker.Create(setter);
        return (target, value) => invoker.Invoke(target, value);
    }
}
