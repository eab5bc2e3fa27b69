using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Sixtyfour.Tests.Architecture;

/// <summary>
/// Reads from an assembly and its portable PDB which room uses which. A room is the top folder of a type's source file, or a deeper one that is named as such.
/// Constants, <c>nameof</c> and types that attributes name leave no reference in an assembly, so they are not seen.
/// </summary>
internal sealed class RoomReader : IDisposable
{
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly PEReader _file;
    private readonly MetadataReaderProvider _symbolsFile;
    private readonly MetadataReader _assembly;
    private readonly MetadataReader _symbols;
    private readonly string _sources;
    private readonly string[] _subRooms;
    private readonly Dictionary<TypeDefinitionHandle, HashSet<string>> _rooms = [];

    /// <param name="path">The assembly; its PDB lies beside it.</param>
    /// <param name="sources">The folder of its sources, such as <c>/src/Sixtyfour/</c>.</param>
    /// <param name="subRooms">Folders that are rooms below a top folder.</param>
    public RoomReader(string path, string sources, params string[] subRooms)
    {
        (_sources, _subRooms) = (sources, subRooms);
        _file = new PEReader(File.OpenRead(path));
        _assembly = _file.GetMetadataReader();
        _symbolsFile = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(path, ".pdb")));
        _symbols = _symbolsFile.GetMetadataReader();
        FindRooms();
    }

    /// <summary>Types whose sources lie in no room or in several; every other one has its place.</summary>
    public IEnumerable<string> Homeless => _assembly.TypeDefinitions.Where(type => !_assembly.GetTypeDefinition(type).IsNested)
        .Where(type => RoomsOf(type).Count is not 1 && _assembly.GetString(_assembly.GetTypeDefinition(type).Namespace)
            .StartsWith("Sixtyfour", StringComparison.Ordinal))
        .Select(type => $"{Name(type)} in {(RoomsOf(type).Count is 0 ? "no room" : string.Join(" and ", RoomsOf(type).Order(StringComparer.Ordinal)))}");

    /// <summary>Every arrow once, with the first example by name.</summary>
    public IReadOnlyList<Arrow> Arrows()
    {
        var uses = new TypeUses(_file, _assembly);
        var all =
            from type in _assembly.TypeDefinitions
            from use in uses.Of(type)
            from room in RoomsOf(type)
            from other in RoomsOf(use.Type)
            where room != other
            select new Arrow(room, other, $"{Name(type)}.{(use.Member.Length > 0 ? use.Member : "(type)")} → {Name(use.Type)}");
        return [.. all.GroupBy(arrow => arrow.Name)
            .Select(same => same.MinBy(arrow => arrow.Example, StringComparer.Ordinal)!).OrderBy(arrow => arrow.Name, StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        _file.Dispose();
        _symbolsFile.Dispose();
    }

    private void FindRooms()
    {
        foreach (var handle in _assembly.TypeDefinitions)
        {
            foreach (var method in _assembly.GetTypeDefinition(handle).GetMethods())
            {
                var information = _symbols.GetMethodDebugInformation(method);
                var points = information.SequencePointsBlob.IsNil
                    ? []
                    : information.GetSequencePoints().Where(point => !point.IsHidden).Select(point => point.Document);
                Add(handle, points.Append(information.Document));
            }
        }

        // Interfaces, enums and others without a body that could tell.
        foreach (var information in _symbols.CustomDebugInformation.Select(_symbols.GetCustomDebugInformation)
            .Where(information => _symbols.GetGuid(information.Kind) == TypeDefinitionDocuments))
        {
            var documents = new List<DocumentHandle>();
            for (var blob = _symbols.GetBlobReader(information.Value); blob.RemainingBytes > 0;)
            {
                documents.Add(MetadataTokens.DocumentHandle(blob.ReadCompressedInteger()));
            }

            Add((TypeDefinitionHandle)information.Parent, documents);
        }
    }

    private void Add(TypeDefinitionHandle type, IEnumerable<DocumentHandle> documents)
    {
        foreach (var document in documents.Where(document => !document.IsNil).Distinct())
        {
            if (RoomOf(_symbols.GetString(_symbols.GetDocument(document).Name)) is { } room)
            {
                RoomsOf(type).Add(room);
            }
        }
    }

    // What a generator wrote lies in the build's folder and belongs where the rest of its type does.
    private string? RoomOf(string path)
    {
        path = path.Replace('\\', '/');
        var at = path.IndexOf(_sources, StringComparison.Ordinal);
        var below = at < 0 ? "obj/" : path[(at + _sources.Length)..];
        return below.StartsWith("obj/", StringComparison.Ordinal) ? null
            : _subRooms.FirstOrDefault(room => below.StartsWith(room + "/", StringComparison.Ordinal))
            ?? (below.Contains('/') ? below[..below.IndexOf('/')] : "(root)");
    }

    private HashSet<string> RoomsOf(TypeDefinitionHandle type)
    {
        var outer = Outermost(type);
        if (!_rooms.TryGetValue(outer, out var rooms))
        {
            _rooms.Add(outer, rooms = []);
        }

        return rooms;
    }

    private string Name(TypeDefinitionHandle type) => _assembly.GetString(_assembly.GetTypeDefinition(Outermost(type)).Name).Split('`')[0];

    private TypeDefinitionHandle Outermost(TypeDefinitionHandle type)
    {
        while (_assembly.GetTypeDefinition(type).GetDeclaringType() is { IsNil: false } outer)
        {
            type = outer;
        }

        return type;
    }
}
