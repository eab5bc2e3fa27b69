using Microsoft.AspNetCore.Connections;
using Sixtyfour.Emulator.Clocks;

namespace Sixtyfour.Emulator.Server;

/// <summary>Counts TCP connections, and ends them all when the emulator goes.</summary>
internal sealed class ConnectionCounter(Traffic traffic)
{
    private readonly HashSet<ConnectionContext> _open = [];
    private int _accepted;

    public int Accepted => Volatile.Read(ref _accepted);

    public int Open
    {
        get
        {
            lock (_open)
            {
                return _open.Count;
            }
        }
    }

    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        Interlocked.Increment(ref _accepted);
        lock (_open)
        {
            _open.Add(connection);
        }

        traffic.Note();
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            lock (_open)
            {
                _open.Remove(connection);
            }

            traffic.Note();
        }
    };

    public void AbortAll()
    {
        ConnectionContext[] open;
        lock (_open)
        {
            open = [.. _open];
        }

        foreach (var connection in open)
        {
            connection.Abort(new ConnectionAbortedException("The emulator has been disposed."));
        }
    }
}
