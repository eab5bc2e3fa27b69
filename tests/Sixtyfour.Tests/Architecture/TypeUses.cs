using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Sixtyfour.Tests.Architecture;

/// <summary>Which types of its assembly a type uses: in its bases, constraints, attributes and signatures, and in the IL of its methods.</summary>
internal sealed class TypeUses(PEReader file, MetadataReader assembly)
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF);

    public IEnumerable<(string Member, TypeDefinitionHandle Type)> Of(TypeDefinitionHandle handle)
    {
        var type = assembly.GetTypeDefinition(handle);
        var owner = WrittenName(assembly.GetString(type.Name));
        foreach (var use in Collect(found => Header(type, found)))
        {
            yield return (owner, use);
        }

        foreach (var field in type.GetFields().Select(assembly.GetFieldDefinition))
        {
            foreach (var use in Collect(found => (field.DecodeSignature(found, null), Attributes(field.GetCustomAttributes(), found))))
            {
                yield return (owner.Length > 0 ? owner : WrittenName(assembly.GetString(field.Name), whole: true), use);
            }
        }

        foreach (var method in type.GetMethods().Select(assembly.GetMethodDefinition))
        {
            foreach (var use in Collect(found => Method(method, found)))
            {
                yield return (owner.Length > 0 ? owner : WrittenName(assembly.GetString(method.Name), whole: true), use);
            }
        }
    }

    private static HashSet<TypeDefinitionHandle> Collect<T>(Func<FoundTypes, T> read)
    {
        var found = new FoundTypes();
        read(found);
        return found.Types;
    }

    private bool Header(TypeDefinition type, FoundTypes found)
    {
        Entity(type.BaseType, found);
        foreach (var implemented in type.GetInterfaceImplementations())
        {
            Entity(assembly.GetInterfaceImplementation(implemented).Interface, found);
        }

        Constraints(type.GetGenericParameters(), found);
        return Attributes(type.GetCustomAttributes(), found);
    }

    private bool Method(MethodDefinition method, FoundTypes found)
    {
        method.DecodeSignature(found, null);
        Constraints(method.GetGenericParameters(), found);
        Attributes(method.GetCustomAttributes(), found);
        if (method.RelativeVirtualAddress is not 0)
        {
            var body = file.GetMethodBody(method.RelativeVirtualAddress);
            Entity(body.LocalSignature, found);
            foreach (var region in body.ExceptionRegions)
            {
                Entity(region.CatchType, found);
            }

            Code(body.GetILReader(), found);
        }

        return true;
    }

    private void Constraints(GenericParameterHandleCollection parameters, FoundTypes found)
    {
        foreach (var constraint in parameters.SelectMany(parameter => assembly.GetGenericParameter(parameter).GetConstraints()))
        {
            Entity(assembly.GetGenericParameterConstraint(constraint).Type, found);
        }
    }

    private bool Attributes(CustomAttributeHandleCollection attributes, FoundTypes found)
    {
        foreach (var attribute in attributes)
        {
            Entity(assembly.GetCustomAttribute(attribute).Constructor, found);
        }

        return true;
    }

    private void Code(BlobReader code, FoundTypes found)
    {
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            var operation = OpCodesByValue[value is 0xFE ? (value << 8) | code.ReadByte() : value];
            switch (operation.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType or OperandType.InlineSig:
                    Entity((EntityHandle)MetadataTokens.Handle(code.ReadInt32()), found);
                    break;
                case OperandType.InlineSwitch:
                    var branches = code.ReadInt32();
                    code.Offset += 4 * branches;
                    break;
                default:
                    code.Offset += Size(operation.OperandType);
                    break;
            }
        }
    }

    private static int Size(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private void Entity(EntityHandle handle, FoundTypes found)
    {
        switch (handle.IsNil ? default : handle.Kind)
        {
            case HandleKind.TypeDefinition:
                found.Types.Add((TypeDefinitionHandle)handle);
                break;
            case HandleKind.TypeSpecification:
                assembly.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(found, null);
                break;
            case HandleKind.FieldDefinition:
                found.Types.Add(assembly.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                found.Types.Add(assembly.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodSpecification:
                var generic = assembly.GetMethodSpecification((MethodSpecificationHandle)handle);
                Entity(generic.Method, found);
                generic.DecodeSignature(found, null);
                break;
            case HandleKind.MemberReference:
                Reference(assembly.GetMemberReference((MemberReferenceHandle)handle), found);
                break;
            case HandleKind.StandaloneSignature:
                Signature(assembly.GetStandaloneSignature((StandaloneSignatureHandle)handle), found);
                break;
        }
    }

    private void Reference(MemberReference member, FoundTypes found)
    {
        Entity(member.Parent, found);
        if (member.GetKind() is MemberReferenceKind.Method)
        {
            member.DecodeMethodSignature(found, null);
        }
        else
        {
            member.DecodeFieldSignature(found, null);
        }
    }

    private static void Signature(StandaloneSignature signature, FoundTypes found)
    {
        if (signature.GetKind() is StandaloneSignatureKind.LocalVariables)
        {
            signature.DecodeLocalSignature(found, null);
        }
        else
        {
            signature.DecodeMethodSignature(found, null);
        }
    }

    // <SendAsync>d__5 is the body of SendAsync, <<SendAsync>b__0>d that of a lambda in it; <>c holds lambdas and says nothing.
    private static string WrittenName(string name, bool whole = false)
    {
        var end = name.IndexOf('>');
        var written = end > 0 ? name[(name.LastIndexOf('<', end) + 1)..end] : "";
        return written.Length is 0 && whole ? name : written;
    }

    /// <summary>Takes note of every type of the assembly that stands in a signature.</summary>
    private sealed class FoundTypes : ISignatureTypeProvider<bool, object?>
    {
        public HashSet<TypeDefinitionHandle> Types { get; } = [];

        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Types.Add(handle);

        public bool GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => false;

        public bool GetArrayType(bool elementType, ArrayShape shape) => false;

        public bool GetByReferenceType(bool elementType) => false;

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => false;

        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => false;

        public bool GetGenericMethodParameter(object? genericContext, int index) => false;

        public bool GetGenericTypeParameter(object? genericContext, int index) => false;

        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => false;

        public bool GetPinnedType(bool elementType) => false;

        public bool GetPointerType(bool elementType) => false;

        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => false;

        public bool GetSZArrayType(bool elementType) => false;
    }
}
