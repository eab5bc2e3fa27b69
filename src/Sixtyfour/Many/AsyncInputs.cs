namespace Sixtyfour.Many;

internal static class AsyncInputs
{
    public static async IAsyncEnumerable<T> From<T>(IEnumerable<T> inputs)
    {
        foreach (var input in inputs)
        {
            yield return input;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
