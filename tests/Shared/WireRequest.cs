using System.Globalization;
using System.Text;

namespace Sixtyfour.Testing;

/// <summary>A request as it came over the socket.</summary>
internal sealed record WireRequest(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public byte[] Body { get; init; } = [];

    public string Path => Target.Split('?')[0];

    public string? Header(string name) =>
        Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();
}

/// <summary>Reads requests from one connection, head and body apart, so that a fault can strike between them.</summary>
internal sealed class WireReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _from;
    private int _to;

    /// <summary>The next head; null when the client has closed the connection.</summary>
    public async Task<WireRequest?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        if (await ReadLineAsync(cancellationToken) is not { Length: > 0 } first)
        {
            return null;
        }

        var headers = new List<KeyValuePair<string, string>>();
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }

        var parts = first.Split(' ');
        return new(parts[0], parts[1], headers);
    }

    public async Task<WireRequest> ReadBodyAsync(WireRequest head, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        if (head.Header("Transfer-Encoding") is not null)
        {
            while (int.Parse((await ReadLineAsync(cancellationToken))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
            {
                await CopyAsync(body, size, cancellationToken);
                await ReadLineAsync(cancellationToken);
            }

            await ReadLineAsync(cancellationToken);
        }
        else if (head.Header("Content-Length") is { } length)
        {
            await CopyAsync(body, int.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
        }

        return head with { Body = body.ToArray() };
    }

    private async Task CopyAsync(MemoryStream body, int count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            await FillAsync(cancellationToken);
            var part = Math.Min(count, _to - _from);
            body.Write(_buffer, _from, part);
            _from += part;
            count -= part;
        }
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_from == _to && line.Length is 0 && !await TryFillAsync(cancellationToken))
            {
                return null;
            }

            await FillAsync(cancellationToken);
            var next = (char)_buffer[_from++];
            if (next is '\n')
            {
                return line.ToString();
            }

            if (next is not '\r')
            {
                line.Append(next);
            }
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_from == _to && !await TryFillAsync(cancellationToken))
        {
            throw new EndOfStreamException("The client left in the middle of a request.");
        }
    }

    private async Task<bool> TryFillAsync(CancellationToken cancellationToken)
    {
        _from = 0;
        _to = await stream.ReadAsync(_buffer, cancellationToken);
        return _to > 0;
    }
}
