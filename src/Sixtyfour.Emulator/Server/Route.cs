namespace Sixtyfour.Emulator.Server;

/// <summary>One operation of the service.</summary>
/// <param name="Method">The method, in capitals.</param>
/// <param name="Path">The path; a segment in braces stands for any one, as in <c>/job-status/{id}</c>.</param>
/// <param name="Answer">Answers a request; the segments in braces are its <see cref="ApiRequest.Values"/>.</param>
internal sealed record Route(string Method, string Path, Func<ApiRequest, CancellationToken, ValueTask<Reply>> Answer)
{
    /// <summary>As the last segment of a path: whatever follows, slashes included.</summary>
    public const string Rest = "{path}";

    private readonly string[] _segments = Path.Split('/');

    /// <summary>Whether the key is checked, and the request counts against its limit.</summary>
    public bool NeedsKey { get; init; } = true;

    /// <summary>How many segments stand for any text: the fewer, the better the route fits.</summary>
    public int Placeholders => _segments.Count(IsPlaceholder);

    public static Route Get(string path, Func<ApiRequest, Reply> answer) => new("GET", path, Immediately(answer));

    public static Route Get(string path, Func<ApiRequest, CancellationToken, ValueTask<Reply>> answer) => new("GET", path, answer);

    public static Route Post(string path, Func<ApiRequest, Reply> answer) => new("POST", path, Immediately(answer));

    public static Route Post(string path, Func<ApiRequest, CancellationToken, ValueTask<Reply>> answer) => new("POST", path, answer);

    public static Route Delete(string path, Func<ApiRequest, Reply> answer) => new("DELETE", path, Immediately(answer));

    /// <summary>What stands in place of the braces; null when the path is another one.</summary>
    public IReadOnlyList<string>? Fit(string path)
    {
        var given = path.Split('/');
        if (_segments[^1] == Rest && given.Length > _segments.Length)
        {
            given = [.. given[..(_segments.Length - 1)], string.Join('/', given[(_segments.Length - 1)..])];
        }

        if (given.Length != _segments.Length)
        {
            return null;
        }

        var values = new List<string>();
        for (var i = 0; i < given.Length; i++)
        {
            if (IsPlaceholder(_segments[i]) && given[i].Length > 0)
            {
                values.Add(given[i]);
            }
            else if (given[i] != _segments[i])
            {
                return null;
            }
        }

        return values;
    }

    public override string ToString() => $"{Method} {Path}";

    private static bool IsPlaceholder(string segment) => segment is ['{', .., '}'];

    private static Func<ApiRequest, CancellationToken, ValueTask<Reply>> Immediately(Func<ApiRequest, Reply> answer) =>
        (request, _) => ValueTask.FromResult(answer(request));
}
