namespace Sixtyfour.Bulk;

/// <summary>Rows that are there, for whoever takes rows that come. An async iterator would cost more than writing a short row does.</summary>
internal sealed class SynchronousRows<T>(IEnumerable<T> rows) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(rows.GetEnumerator());

    private sealed class Enumerator(IEnumerator<T> rows) : IAsyncEnumerator<T>
    {
        public T Current => rows.Current;

        public ValueTask<bool> MoveNextAsync() => new(rows.MoveNext());

        public ValueTask DisposeAsync()
        {
            rows.Dispose();
            return default;
        }
    }
}
