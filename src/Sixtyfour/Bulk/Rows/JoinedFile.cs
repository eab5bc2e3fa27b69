namespace Sixtyfour.Bulk;

/// <summary>One file out of several of the same format.</summary>
internal abstract class JoinedFile
{
    /// <summary>Takes note of a file that will be part of it; false when it cannot be.</summary>
    public abstract bool TryAdd(RowReader reader);

    public abstract void Begin(GatheredWrites to);

    /// <summary>The rows of this file follow.</summary>
    public abstract void Enter(RowReader reader);

    /// <summary>The row that was read last.</summary>
    public abstract void Write(RowReader reader, GatheredWrites to);

    public abstract void End(GatheredWrites to);
}
