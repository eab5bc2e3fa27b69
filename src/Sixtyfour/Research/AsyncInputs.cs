namespace Sixtyfour.Research;

/// <summary>A synchronous sequence as the inputs of a many-run.</summary>
internal static class AsyncInputs
{
    public static IAsyncEnumerable<T> From<T>(IEnumerable<T> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Enumerate(inputs);
    }

    private static async IAsyncEnumerable<T> Enumerate<T>(IEnumerable<T> inputs)
    {
        foreach (var input in inputs)
        {
            yield return input;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
