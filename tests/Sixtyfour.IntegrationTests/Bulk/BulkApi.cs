using System.Text;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Bulk;

/// <summary>Bulk files between the SDK and the emulator.</summary>
internal static class BulkApi
{
    public const string People = "/bulk-intelligence/people";
    public const string Links = "/bulk-files/*";

    /// <summary>An emulator that enriches every row, at once, and a client that does not wait.</summary>
    public static Task<Api> StartAsync(Action<SixtyfourClientOptions>? client = null, Action<EmulatorOptions>? emulator = null) => Api.StartAsync(
        client,
        options =>
        {
            options.PassThroughShare = 0;
            options.NotFoundShare = 0;
            options.PreviewRows = 0;
            emulator?.Invoke(options);
        });

    public static BulkFile Csv(string content) => BulkFile.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(content)), "people.csv");

    /// <summary>A file of about so many bytes.</summary>
    public static BulkFile People_(int rows, int noteLength = 20) => BulkFile.FromRows(
        Enumerable.Range(0, rows).Select(i => new Person($"Person {i}", $"Company {i}", new string((char)('a' + (i % 26)), noteLength))));

    public static async Task<List<ResultRow>> RowsOf(BulkResult result) => await result.ReadRowsAsync(Api.Token).ToListAsync(Api.Token);

    internal sealed record Person(string Name, string Company, string Note);
}
