namespace Sixtyfour.Many;

/// <summary>The starts that are under way, so that the end of a run can wait for their ids.</summary>
internal sealed class StartsOut
{
    private readonly HashSet<long> _out = [];
    private TaskCompletionSource<bool>? _empty;

    public void Add(long index)
    {
        lock (_out)
        {
            _out.Add(index);
        }
    }

    public void Remove(long index)
    {
        lock (_out)
        {
            if (_out.Remove(index) && _out.Count is 0)
            {
                _empty?.TrySetResult(true);
                _empty = null;
            }
        }
    }

    public Task EmptyAsync()
    {
        lock (_out)
        {
            return _out.Count is 0 ? Task.CompletedTask : (_empty ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public long[] Left()
    {
        lock (_out)
        {
            return [.. _out.OrderBy(index => index)];
        }
    }
}
