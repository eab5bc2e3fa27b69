using System.IO.Enumeration;

namespace Sixtyfour.Emulator.Faults;

/// <summary>The faults that are still to come, in the order in which they were injected.</summary>
internal sealed class FaultQueue
{
    private readonly LinkedList<Entry> _entries = new();

    public int Count
    {
        get
        {
            lock (_entries)
            {
                return _entries.Count;
            }
        }
    }

    public void Add(Fault fault, string pathPattern, int times)
    {
        lock (_entries)
        {
            _entries.AddLast(new Entry(fault, pathPattern) { Left = times });
        }
    }

    /// <summary>Takes the first fault that concerns the path and strikes where the caller is.</summary>
    public Fault? Take(string path, Func<FaultStage, bool> strikesHere)
    {
        lock (_entries)
        {
            for (var node = _entries.First; node is not null; node = node.Next)
            {
                var entry = node.Value;
                if (!strikesHere(entry.Fault.Stage) || !FileSystemName.MatchesSimpleExpression(entry.PathPattern, path, ignoreCase: false))
                {
                    continue;
                }

                if (--entry.Left == 0)
                {
                    _entries.Remove(node);
                }

                return entry.Fault;
            }

            return null;
        }
    }

    public void Clear()
    {
        lock (_entries)
        {
            _entries.Clear();
        }
    }

    private sealed class Entry(Fault fault, string pathPattern)
    {
        public Fault Fault => fault;

        public string PathPattern => pathPattern;

        public int Left { get; set; }
    }
}
