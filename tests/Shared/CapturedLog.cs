using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sixtyfour.Testing;

/// <summary>Keeps every line that is logged, structured values included.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public IEnumerable<LogLine> Of(int eventId) => Lines.Where(line => line.Id == eventId);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(" ", pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
        _lines.Enqueue(new(logLevel, eventId.Id, formatter(state, exception), $"{values} {exception}"));
    }

    public void Dispose()
    {
    }
}

internal sealed record LogLine(LogLevel Level, int Id, string Message, string Values);
