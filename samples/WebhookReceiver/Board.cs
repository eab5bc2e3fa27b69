using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace WebhookReceiver;

/// <summary>What is known of a job, as the page shows it.</summary>
internal sealed record Line(string JobId, string Question, string State, string Answer, int Attempt, DateTimeOffset At);

/// <summary>The lines so far, and everyone who watches.</summary>
internal sealed class Board
{
    private readonly Lock _gate = new();
    private readonly List<Line> _lines = [];
    private readonly List<Channel<Line>> _watchers = [];

    public void Started(string jobId, string question) => Add(new(jobId, question, "started", "", 0, DateTimeOffset.UtcNow));

    /// <summary>Writing the same end twice changes nothing: events may come again.</summary>
    public void Ended(string jobId, string state, string answer, int attempt)
    {
        lock (_gate)
        {
            var last = _lines.FindLast(line => line.JobId == jobId);
            if (last?.State != state)
            {
                Add(new(jobId, last?.Question ?? "(asked elsewhere)", state, answer, attempt, DateTimeOffset.UtcNow));
            }
        }
    }

    /// <summary>All lines, then new ones as they come.</summary>
    public async IAsyncEnumerable<SseItem<Line>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = Channel.CreateUnbounded<Line>();
        lock (_gate)
        {
            _lines.ForEach(line => watcher.Writer.TryWrite(line));
            _watchers.Add(watcher);
        }

        try
        {
            await foreach (var line in watcher.Reader.ReadAllAsync(cancellationToken))
            {
                yield return new(line, "line");
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(watcher);
            }
        }
    }

    private void Add(Line line)
    {
        lock (_gate)
        {
            _lines.Add(line);
            _watchers.ForEach(watcher => watcher.Writer.TryWrite(line));
        }

        Console.WriteLine($"{line.At:HH:mm:ss} {line.State,-9} {line.JobId} {line.Question} {line.Answer}");
    }
}
