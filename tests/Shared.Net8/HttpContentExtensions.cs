namespace System.Net.Http;

/// <summary>What the tests use of .NET 9's content, for those on .NET 8.</summary>
internal static class HttpContentExtensions
{
    public static Task LoadIntoBufferAsync(this HttpContent content, CancellationToken cancellationToken) =>
        content.LoadIntoBufferAsync().WaitAsync(cancellationToken);
}
