namespace System.Linq;

/// <summary>What the tests use of the asynchronous LINQ of .NET 10, for those on .NET 8.</summary>
internal static class AsyncEnumerableExtensions
{
    public static async ValueTask<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> source, CancellationToken cancellationToken = default)
    {
        var list = new List<T>();
        await foreach (var item in source.WithCancellation(cancellationToken))
        {
            list.Add(item);
        }

        return list;
    }

    public static async ValueTask<int> CountAsync<T>(this IAsyncEnumerable<T> source, CancellationToken cancellationToken = default) =>
        (await source.ToListAsync(cancellationToken)).Count;
}
