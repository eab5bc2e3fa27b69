using System.Net;
using System.Net.Sockets;

namespace Sixtyfour.Http;

/// <summary>
/// Connects to the first address of a host that answers (RFC 8305): a dead address must not hide a working one. Addresses of both families alternate,
/// each gets a head start before the next one is tried as well, and the losers are closed.
/// </summary>
internal static class AddressRace
{
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    public static async Task<Socket> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = IPAddress.TryParse(host.Host, out var address)
            ? [address]
            : await Dns.GetHostAddressesAsync(host.Host, cancellationToken).ConfigureAwait(false);
        return addresses.Length is 0
            ? throw new SocketException((int)SocketError.HostNotFound)
            : await RunAsync(Alternate(addresses), (to, token) => ConnectAsync(to, host.Port, token), TimeProvider.System, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>Alternates the families, beginning with the one that was resolved first.</summary>
    public static IReadOnlyList<IPAddress> Alternate(IReadOnlyList<IPAddress> addresses)
    {
        var first = addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily).ToList();
        var second = addresses.Where(address => address.AddressFamily != addresses[0].AddressFamily).ToList();
        return [.. Enumerable.Range(0, Math.Max(first.Count, second.Count)).SelectMany(i => first.Skip(i).Take(1).Concat(second.Skip(i).Take(1)))];
    }

    /// <param name="addresses">At least one, in the order of trying.</param>
    /// <param name="connect">Connects to one of them.</param>
    /// <param name="clock">Times the head starts.</param>
    /// <param name="cancellationToken">Ends the race; connections that are made afterwards are closed.</param>
    public static async Task<T> RunAsync<T>(
        IReadOnlyList<IPAddress> addresses, Func<IPAddress, CancellationToken, Task<T>> connect, TimeProvider clock, CancellationToken cancellationToken)
        where T : class, IDisposable
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<T>>();
        Exception? failure = null;
        try
        {
            for (var next = 0; next < addresses.Count || running.Count > 0;)
            {
                if (next < addresses.Count)
                {
                    running.Add(connect(addresses[next++], over.Token));
                }

                if (await FirstAsync(running, next < addresses.Count, clock, over.Token).ConfigureAwait(false) is not { } ended)
                {
                    continue;
                }

                running.Remove(ended);
                try
                {
                    return await ended.ConfigureAwait(false);
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    failure ??= e;
                }
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            running.ForEach(Close);
        }

        throw failure!;
    }

    // Null: the head start is over.
    private static async Task<Task<T>?> FirstAsync<T>(List<Task<T>> running, bool hasMore, TimeProvider clock, CancellationToken cancellationToken)
    {
        var wait = Task.Delay(hasMore ? HeadStart : Timeout.InfiniteTimeSpan, clock, cancellationToken);
        var ended = await Task.WhenAny([.. running, wait]).ConfigureAwait(false);
        if (ended == wait)
        {
            await wait.ConfigureAwait(false);
        }

        return ended as Task<T>;
    }

    private static void Close<T>(Task<T> loser)
        where T : IDisposable =>
        _ = loser.ContinueWith(
            static late =>
            {
                if (late.Status is TaskStatus.RanToCompletion)
                {
                    late.Result.Dispose();
                }
                else
                {
                    // Observed, so that it is not reported as an unobserved exception.
                    _ = late.Exception;
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    private static async Task<Socket> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
