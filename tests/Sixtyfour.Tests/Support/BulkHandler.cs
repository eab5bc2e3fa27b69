using System.Net;
using System.Text;
using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Support;

/// <summary>The bulk service behind an HTTP handler. Each upload first meets what the test has lined up for it.</summary>
internal sealed class BulkHandler(BulkService service) : HttpMessageHandler
{
    private readonly Queue<Mishap> _mishaps = new();
    private readonly List<SeenUpload> _uploads = [];

    public enum Mishap
    {
        None,

        /// <summary>The connection breaks while the file is on its way; nothing is accepted.</summary>
        BreaksTheUpload,

        /// <summary>The file is accepted, and the answer lost.</summary>
        LosesTheAnswer,

        /// <summary>The file is accepted, and the answer breaks off behind its first member, the id.</summary>
        BreaksTheAnswerBehindTheId,

        /// <summary>No connection; no byte leaves.</summary>
        RefusesTheConnection,

        Answers429,
        Answers500,
        Answers502,
        Answers402,
        Answers400,
    }

    public BulkService Service => service;

    /// <summary>Every upload whose end arrived.</summary>
    public IReadOnlyList<SeenUpload> Uploads
    {
        get
        {
            lock (_uploads)
            {
                return [.. _uploads];
            }
        }
    }

    public int Polls { get; private set; }

    /// <summary>Called with the number of each upload, from 1, when it arrives.</summary>
    public Func<int, Task>? OnUpload { get; set; }

    public BulkHandler Then(params Mishap[] mishaps)
    {
        foreach (var mishap in mishaps)
        {
            _mishaps.Enqueue(mishap);
        }

        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = request.RequestUri!.AbsolutePath;
        if (request.Method == HttpMethod.Post)
        {
            return await UploadAsync(path, request, cancellationToken);
        }

        Polls++;
        var (status, body) = service.Status(Uri.UnescapeDataString(path.Split('/')[^1]));
        return ScriptedHandler.Response(status, body);
    }

    private async Task<HttpResponseMessage> UploadAsync(string path, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var mishap = Mishap.None;
        lock (_uploads)
        {
            _mishaps.TryDequeue(out mishap);
        }

        switch (mishap)
        {
            case Mishap.RefusesTheConnection:
                throw new HttpRequestException("Connection refused");
            case Mishap.BreaksTheUpload:
                await request.Content!.CopyToAsync(new ObservedStream(
                    before: (stream, _) => stream.Length > 0 ? throw new IOException("Broken pipe") : Task.CompletedTask), cancellationToken);
                throw new InvalidOperationException("It should have broken.");
        }

        var bytes = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null;
        int number;
        lock (_uploads)
        {
            _uploads.Add(new(path, key, request.Content.Headers.ContentType!.ToString(), request.Content.Headers.ContentLength, bytes));
            number = _uploads.Count;
        }

        await (OnUpload?.Invoke(number) ?? Task.CompletedTask);
        return mishap switch
        {
            Mishap.LosesTheAnswer => Lose(path, key, request, bytes),
            Mishap.BreaksTheAnswerBehindTheId => Break(service.Submit(path, key, request.Content.Headers.ContentType!.ToString(), bytes).Body),
            Mishap.Answers429 => ScriptedHandler.Response((HttpStatusCode)429, "", ("Retry-After", "7")),
            Mishap.Answers500 => ScriptedHandler.Response(HttpStatusCode.InternalServerError, ""),
            Mishap.Answers502 => ScriptedHandler.Response(HttpStatusCode.BadGateway, ""),
            Mishap.Answers402 => ScriptedHandler.Response(HttpStatusCode.PaymentRequired, """{"error": "Payment Required", "message": "Balance too low"}"""),
            Mishap.Answers400 => ScriptedHandler.Response(HttpStatusCode.BadRequest, """{"detail": "File unreadable"}"""),
            _ => Answer(service.Submit(path, key, request.Content.Headers.ContentType!.ToString(), bytes)),
        };
    }

    private HttpResponseMessage Lose(string path, string? key, HttpRequestMessage request, byte[] bytes)
    {
        service.Submit(path, key, request.Content!.Headers.ContentType!.ToString(), bytes);
        throw new HttpRequestException("The response ended prematurely.");
    }

    private static HttpResponseMessage Break(string body)
    {
        var begin = new MemoryStream(Encoding.UTF8.GetBytes(body[..(body.IndexOf(',', StringComparison.Ordinal) + 1)]));
        return new(HttpStatusCode.OK) { Content = new StreamContent(new BreakingStream(begin)) };
    }

    private static HttpResponseMessage Answer((HttpStatusCode Status, string Body) answer) => ScriptedHandler.Response(answer.Status, answer.Body);
}

internal sealed record SeenUpload(string Path, string? Key, string ContentType, long? ContentLength, byte[] Bytes);

/// <summary>Ends in a failure where another stream ends.</summary>
internal sealed class BreakingStream(Stream begin) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        begin.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("The response ended prematurely.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
