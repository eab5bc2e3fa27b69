namespace Sixtyfour.Jobs.Scheduling;

/// <summary>A queue that can also be left from the middle.</summary>
internal sealed class JobLine
{
    private ScheduledJob? _last;

    public ScheduledJob? First { get; private set; }

    public void Add(ScheduledJob job)
    {
        (job.Line, job.Previous, job.Next) = (this, _last, null);
        if (_last is null)
        {
            First = job;
        }
        else
        {
            _last.Next = job;
        }

        _last = job;
    }

    public void Remove(ScheduledJob job)
    {
        if (job.Previous is null)
        {
            First = job.Next;
        }
        else
        {
            job.Previous.Next = job.Next;
        }

        if (job.Next is null)
        {
            _last = job.Previous;
        }
        else
        {
            job.Next.Previous = job.Previous;
        }

        (job.Line, job.Previous, job.Next) = (null, null, null);
    }
}
