using System.Text;
using System.Text.Json;

namespace Sixtyfour.Tests.Fields;

internal static class Writing
{
    public static string ToJson(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
