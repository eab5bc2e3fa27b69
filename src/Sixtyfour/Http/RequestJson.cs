using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Http;

/// <summary>Writes the body of a request: the members a feature knows, then those the caller adds.</summary>
internal static class RequestJson
{
    /// <param name="state">What <paramref name="write"/> needs.</param>
    /// <param name="write">Writes the known members into the open object.</param>
    /// <param name="known">The names of all members the endpoint's options have a property for.</param>
    /// <param name="options">The call's options.</param>
    public static ReadOnlyMemory<byte> Write<TState>(TState state, Action<Utf8JsonWriter, TState> write, HashSet<string> known, RequestOptions? options)
    {
        var buffer = new ByteBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer, state);
            WriteExtras(writer, known, options);
            writer.WriteEndObject();
        }

        return buffer.Written;
    }

    private static void WriteExtras(Utf8JsonWriter writer, HashSet<string> known, RequestOptions? options)
    {
        if (options is not { ExtraProperties.Count: > 0 })
        {
            return;
        }

        foreach (var extra in options.ExtraProperties)
        {
            if (known.Contains(extra.Key))
            {
                throw new ArgumentException($"'{extra.Key}' in {nameof(RequestOptions.ExtraProperties)} has a property of its own: set that.", nameof(options));
            }

            writer.WritePropertyName(extra.Key);
            if (extra.Value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                extra.Value.WriteTo(writer);
            }
        }
    }
}
