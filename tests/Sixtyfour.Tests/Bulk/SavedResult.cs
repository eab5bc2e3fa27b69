using System.Text;

namespace Sixtyfour.Tests.Bulk;

/// <summary>A result out of a file that a test has written.</summary>
internal sealed class SavedResult : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sixtyfour-tests-").FullName;

    public SavedResult(string content, string name = "enriched.csv")
        : this(Encoding.UTF8.GetBytes(content), name)
    {
    }

    public SavedResult(byte[] content, string name = "enriched.csv")
    {
        Path = At(name);
        File.WriteAllBytes(Path, content);
        Result = BulkResult.FromPath(Path);
    }

    public string Path { get; }

    public BulkResult Result { get; }

    public string At(string name) => System.IO.Path.Combine(_directory, name);

    public static async Task<List<ResultRow>> RowsAsync(string content, string name = "enriched.csv")
    {
        using var saved = new SavedResult(content, name);
        return await saved.Result.ReadRowsAsync(TestContext.Current.CancellationToken).ToListAsync();
    }

    public static async Task<List<ResultRow<T>>> RowsAsync<T>(string content, string name = "enriched.csv")
    {
        using var saved = new SavedResult(content, name);
        return await saved.Result.ReadRowsAsync<T>(cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
    }

    public void Dispose()
    {
        Result.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
