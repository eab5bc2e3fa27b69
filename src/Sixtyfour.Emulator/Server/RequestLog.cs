using System.IO.Enumeration;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sixtyfour.Emulator.Server;

/// <summary>The requests in the order of their arrival, the oldest dropped when there are too many.</summary>
internal sealed class RequestLog(int capacity)
{
    private static readonly string[] SecretHeaders = ["x-api-key", "Authorization", "Cookie"];

    private readonly Queue<Entry> _entries = new();

    public Entry Add(HttpRequest request, string path, string requestId, DateTimeOffset receivedAt)
    {
        var lines = new Dictionary<string, IReadOnlyList<string>>(request.Headers.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers)
        {
            lines[name] = SecretHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) ? ["***"] : [.. values.Select(value => value ?? "")];
        }

        // Not the text that the framework makes of several values: it leaves empty ones out.
        var headers = lines.ToDictionary(line => line.Key, line => string.Join(',', line.Value), StringComparer.OrdinalIgnoreCase);
        var entry = new Entry(this, new EmulatorRequest(request.Method, path, headers.AsReadOnly(), null)
        {
            HeaderLines = lines,
            Query = request.QueryString.Value ?? "",
            RequestId = requestId,
            ReceivedAt = receivedAt,
        });
        lock (_entries)
        {
            if (_entries.Count == capacity)
            {
                _entries.Dequeue();
            }

            _entries.Enqueue(entry);
        }

        return entry;
    }

    public IReadOnlyList<EmulatorRequest> All()
    {
        lock (_entries)
        {
            return _entries.Select(entry => entry.Request).ToList().AsReadOnly();
        }
    }

    public int Count(string pathPattern)
    {
        lock (_entries)
        {
            return _entries.Count(entry => FileSystemName.MatchesSimpleExpression(pathPattern, entry.Request.Path, ignoreCase: false));
        }
    }

    public void Clear()
    {
        lock (_entries)
        {
            _entries.Clear();
        }
    }

    /// <summary>One request, filled in as more of it is known.</summary>
    internal sealed class Entry(RequestLog log, EmulatorRequest request)
    {
        public EmulatorRequest Request { get; private set; } = request;

        public void HasBody(JsonElement body) => Change(seen => seen with { Body = body });

        public void WasAnswered(int status) => Change(seen => seen with { StatusCode = status });

        private void Change(Func<EmulatorRequest, EmulatorRequest> change)
        {
            lock (log._entries)
            {
                Request = change(Request);
            }
        }
    }
}
