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

    /// <summary>The end of a short job may be here before the answer to its start.</summary>
    public void Started(string jobId, string question)
    {
        lock (_gate)
        {
            Add(_lines.FindLast(line => line.JobId == jobId) is { } ended
                ? ended with { Question = question }
                : new(jobId, question, "started", "", 0, DateTimeOffset.UtcNow));
        }
    }

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

    /// <summary>
    /// A beginning, all lines, then new ones as they come. Without the first one the browser would hear nothing, not even that it is connected, before the
    /// first job.
    /// </summary>
    public async IAsyncEnumerable<SseItem<Line?>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = Channel.CreateUnbounded<Line>();
        lock (_gate)
        {
            _lines.ForEach(line => watcher.Writer.TryWrite(line));
            _watchers.Add(watcher);
        }

        try
        {
            yield return new(null, "begin");
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

        Console.WriteLine(Printable($"{line.At:HH:mm:ss} {line.State,-9} {line.JobId} {line.Question} {line.Answer}"));
    }

    // Answers come from the web, and a terminal obeys what it is shown.
    private static string Printable(string text) => string.Concat(text.Where(c => !char.IsControl(c)));
}
