using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour;

public partial class Enrichment
{
    /// <summary>Reads an answer from your archive: the JSON object that a call or a finished job brought. Nothing is sent.</summary>
    /// <param name="json">The whole answer, with <c>structured_data</c> in it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="InvalidResponseException">It is not a JSON object, or nested more than 64 levels deep.</exception>
    public static Enrichment Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return EnrichmentReader.Read(
            JsonText.TryParse(json, out var answer)
                ? answer
                : throw new InvalidResponseException("The stored answer is not JSON, or nested too deeply.") { ResponseBody = EnrichmentReader.Cut(json) });
    }

    /// <summary>Reads the same answer as a C# type. Nothing is sent.</summary>
    /// <typeparam name="T">The type; it need not be the one that was asked with.</typeparam>
    /// <param name="typeInfo">
    /// Its JSON contract, used just as it is. <see langword="null"/>: the contract of the client that brought the answer; for a parsed answer reflection,
    /// where the application allows it.
    /// </param>
    /// <returns>
    /// The typed answer. A value that does not fit never throws: it is listed in <see cref="Enrichment{T}.Issues"/>.
    /// </returns>
    /// <exception cref="InvalidOperationException">There is no contract for <typeparamref name="T"/>.</exception>
    public Enrichment<T> ReadAs<T>(JsonTypeInfo<T>? typeInfo = null)
    {
        typeInfo ??= (Contracts ?? JsonContracts.OfReflection).For<T>();
        return Enrichment<T>.From(this, StructReader.Read(StructuredData, typeInfo, Asked), TypePlan.For(typeInfo));
    }
}
