using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Bulk;

[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>What is allocated while nothing else runs.</summary>
[Collection("Alone")]
public sealed class MemoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_megabytes_go_out_in_a_buffer()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        var line = new string('x', 999);
        await File.WriteAllLinesAsync(path, Enumerable.Repeat(line, 50_001), Token);
        using var sink = new NullHandler();
        var client = BulkClients.Create(sink, TimeProvider.System);
        await client.SubmitPeopleAsync(BulkFile.FromPath(path), Ask.Title, cancellationToken: Token);

        var allocated = await MeasureAsync(() => client.SubmitPeopleAsync(BulkFile.FromPath(path), Ask.Title, cancellationToken: Token));

        File.Delete(path);
        sink.Taken.Should().BeGreaterThan(100_000_000);
        // Most of it are the state machines of a debug build, one for each of the 50,000 records.
        allocated.Should().BeLessThan(8_000_000);
    }

    [Fact]
    public async Task Rows_cost_no_more_than_their_own_objects()
    {
        using var sink = new NullHandler();
        var client = BulkClients.Create(sink, TimeProvider.System);
        var row = new Row(new string('x', 480));
        await client.SubmitPeopleAsync(BulkFile.FromRows(Enumerable.Repeat(row, 1_000)), Ask.Title, cancellationToken: Token);

        var allocated = await MeasureAsync(
            () => client.SubmitPeopleAsync(BulkFile.FromRows(Enumerable.Repeat(row, 100_000)), Ask.Title, cancellationToken: Token));

        sink.Taken.Should().BeGreaterThan(48_000_000);
        allocated.Should().BeLessThan(16_000_000);
    }

    [Fact]
    public async Task A_run_keeps_no_rows()
    {
        const int Rows = 100_000;
        using var service = new EchoHandler();
        var client = BulkClients.Create(service, TimeProvider.System, new(100_000_000, Rows / 4));
        var row = new Row(new string('x', 880));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        service.OnUpload = Look;

        using var result = await client.RunPeopleAsync(
            BulkFile.FromRows(Enumerable.Repeat(row, Rows)), new MemoryJournal(), Ask.Title, cancellationToken: Token);
        await foreach (var read in result.ReadRowsAsync<Row>(cancellationToken: Token))
        {
            if (read.Index % 10_000 is 9_999)
            {
                Look();
            }
        }

        service.Taken.Should().BeGreaterThan(80_000_000);
        // Buffers, and the places of the rows of one file: 8 bytes each.
        most.Should().BeLessThan(2_000_000);

        void Look() => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
    }

    private static async Task<long> MeasureAsync(Func<Task> work)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await work();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private sealed record Row(string Name);

    /// <summary>Gives back every file as it came; they lie on the disk meanwhile.</summary>
    private sealed class EchoHandler : HttpMessageHandler
    {
        private readonly List<string> _files = [];

        public long Taken { get; private set; }

        public Action? OnUpload { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (request.Method == HttpMethod.Post)
            {
                var (id, file) = NewFile();
                await using (var target = File.Create(file))
                {
                    await request.Content!.CopyToAsync(target, cancellationToken);
                    Taken += target.Length;
                }

                OnUpload?.Invoke();
                return ScriptedHandler.Response(System.Net.HttpStatusCode.OK, $$"""{"task_id": "{{id}}"}""");
            }

            var job = int.Parse(path.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
            return path.StartsWith("/files/", StringComparison.Ordinal)
                ? new(System.Net.HttpStatusCode.OK) { Content = new StreamContent(Rows(_files[job])) }
                : ScriptedHandler.Response(
                    System.Net.HttpStatusCode.OK, $$"""{"status": "completed", "results": [{"filename": "out.jsonl", "download_url": "/files/{{job}}"}]}""");
        }

        protected override void Dispose(bool disposing)
        {
            _files.ForEach(File.Delete);
            base.Dispose(disposing);
        }

        private (int Id, string File) NewFile()
        {
            lock (_files)
            {
                _files.Add(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.upload"));
                return (_files.Count - 1, _files[^1]);
            }
        }

        // Cuts the parts and boundaries off: the rows begin with the first one's number, and the last one ends before the closing boundary.
        private static FileStream Rows(string file)
        {
            var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
            var head = new byte[2_000];
            var length = stream.Read(head);
            var begin = head.AsSpan(0, length).IndexOf("{\"row_id\":"u8);
            stream.Seek(-200, SeekOrigin.End);
            var tail = new byte[200];
            stream.ReadExactly(tail);
            stream.SetLength(stream.Length - 200 + tail.AsSpan().LastIndexOf("}\n"u8) + 2);
            stream.Position = begin;
            return stream;
        }
    }

    private sealed class NullHandler : HttpMessageHandler
    {
        public long Taken { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            Taken += request.Content.Headers.ContentLength!.Value;
            return ScriptedHandler.Response(System.Net.HttpStatusCode.OK, """{"task_id": "job-1"}""");
        }
    }
}
