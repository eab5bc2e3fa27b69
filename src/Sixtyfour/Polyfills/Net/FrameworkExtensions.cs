using System.Buffers;
using System.Reflection;
using System.Text;

namespace Sixtyfour;

/// <summary>Decodes spans; the target that has no such overload copies them first.</summary>
internal static class Utf8Text
{
    // Most texts are plain ASCII, which needs no counting before the string is made.
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > 64)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> characters = stackalloc char[64];
        return Ascii.ToUtf16(utf8, characters, out var written) is OperationStatus.Done
            ? new string(characters.Slice(0, written))
            : Encoding.UTF8.GetString(utf8);
    }
}

/// <summary>Calls constructors and setters that are known at run time only.</summary>
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

/// <summary>The name that Microsoft.Bcl.TimeProvider gives this on netstandard2.0, so that one spelling compiles everywhere.</summary>
internal static class TimeProviderTaskExtensions
{
    public static Task Delay(this TimeProvider clock, TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, clock, cancellationToken);
}
