namespace Sixtyfour.Emulator.Bulk;

/// <summary>Counts the submissions of the last minute. Refused and repeated ones do not count.</summary>
internal sealed class SubmissionLimiter(TimeProvider clock, EmulatorOptions options)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _accepted = new();

    /// <summary>How long the next one has to wait; null when it need not.</summary>
    public TimeSpan? Wait()
    {
        lock (_accepted)
        {
            var now = clock.GetUtcNow();
            while (_accepted.TryPeek(out var oldest) && now >= oldest + Minute)
            {
                _accepted.Dequeue();
            }

            return options.BulkSubmissionsPerMinute is { } limit && _accepted.Count >= limit ? _accepted.Peek() + Minute - now : null;
        }
    }

    public void Count()
    {
        lock (_accepted)
        {
            _accepted.Enqueue(clock.GetUtcNow());
        }
    }

    public void Clear()
    {
        lock (_accepted)
        {
            _accepted.Clear();
        }
    }
}
