using System.Linq.Expressions;
using System.Reflection;

namespace Sixtyfour.Bulk;

/// <summary>Compiles the call of a constructor that is known at run time only.</summary>
internal static class CompiledCalls
{
    public static Func<object?[], object> Constructor(ConstructorInfo constructor)
    {
        var arguments = Expression.Parameter(typeof(object?[]));
        var values = constructor.GetParameters().Select((parameter, position) =>
            (Expression)Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(position)), parameter.ParameterType));
        return Expression.Lambda<Func<object?[], object>>(Expression.Convert(Expression.New(constructor, values), typeof(object)), arguments).Compile();
    }
}
