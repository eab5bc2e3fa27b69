using System.Reflection;
using System.Runtime.CompilerServices;
using Sixtyfour.Bulk;

namespace Sixtyfour;

/// <summary>Calls a constructor that is known at run time only: compiled where code can be compiled, else through the runtime.</summary>
internal static class ConstructorCalls
{
    public static Func<object?[], object> For(ConstructorInfo constructor)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            return CompiledCalls.Constructor(constructor);
        }

        var invoker = ConstructorInvoker.Create(constructor);
        return arguments => invoker.Invoke(arguments.AsSpan());
    }

    public static Action<object, object?> ForSetter(MethodInfo setter)
    {
        var invoker = MethodInvoker.Create(setter);
        return (target, value) => invoker.Invoke(target, value);
    }
}
