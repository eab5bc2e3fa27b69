namespace Sixtyfour.Jobs.Polling;

/// <summary>The job that is due first, in logarithmic time. Jobs know their place, so that they can leave from the middle.</summary>
internal sealed class DueHeap
{
    private readonly List<QueuedJob> _jobs = [];

    public QueuedJob? First => _jobs.Count > 0 ? _jobs[0] : null;

    public void Add(QueuedJob job)
    {
        job.Heap = this;
        _jobs.Add(job);
        Rise(job, _jobs.Count - 1);
    }

    public void Remove(QueuedJob job)
    {
        var place = job.HeapIndex;
        var last = _jobs[_jobs.Count - 1];
        _jobs.RemoveAt(_jobs.Count - 1);
        job.Heap = null;
        if (!ReferenceEquals(last, job))
        {
            Rise(last, place);
            Sink(last, last.HeapIndex);
        }

        if (_jobs.Count is 0)
        {
            _jobs.TrimExcess();
        }
    }

    private void Rise(QueuedJob job, int place)
    {
        while (place > 0 && _jobs[(place - 1) / 2] is var parent && job.DueAt < parent.DueAt)
        {
            Put(parent, place);
            place = (place - 1) / 2;
        }

        Put(job, place);
    }

    private void Sink(QueuedJob job, int place)
    {
        while ((2 * place) + 1 < _jobs.Count)
        {
            var child = (2 * place) + 1;
            if (child + 1 < _jobs.Count && _jobs[child + 1].DueAt < _jobs[child].DueAt)
            {
                child++;
            }

            if (_jobs[child].DueAt >= job.DueAt)
            {
                break;
            }

            Put(_jobs[child], place);
            place = child;
        }

        Put(job, place);
    }

    private void Put(QueuedJob job, int place)
    {
        _jobs[place] = job;
        job.HeapIndex = place;
    }
}
