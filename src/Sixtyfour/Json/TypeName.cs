namespace Sixtyfour.Json;

/// <summary>Type names as in C# source.</summary>
internal static class TypeName
{
    public static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying);
        }

        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        return type.IsGenericType ? $"{WithoutArity(type.Name)}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : Keyword(type);
    }

    private static string WithoutArity(string name) => name.IndexOf('`') is > 0 and var at ? name.Substring(0, at) : name;

    private static string Keyword(Type type) => type.FullName switch
    {
        "System.String" => "string",
        "System.Boolean" => "bool",
        "System.Char" => "char",
        "System.SByte" => "sbyte",
        "System.Byte" => "byte",
        "System.Int16" => "short",
        "System.UInt16" => "ushort",
        "System.Int32" => "int",
        "System.UInt32" => "uint",
        "System.Int64" => "long",
        "System.UInt64" => "ulong",
        "System.Single" => "float",
        "System.Double" => "double",
        "System.Decimal" => "decimal",
        "System.Object" => "object",
        _ => type.Name,
    };
}
