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
        await client.SubmitPeopleAsync(BulkFile.FromPath(path), Ask.Title, Token);

        var allocated = await MeasureAsync(() => client.SubmitPeopleAsync(BulkFile.FromPath(path), Ask.Title, Token));

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
        await client.SubmitPeopleAsync(BulkFile.FromRows(Enumerable.Repeat(row, 1_000)), Ask.Title, Token);

        var allocated = await MeasureAsync(() => client.SubmitPeopleAsync(BulkFile.FromRows(Enumerable.Repeat(row, 100_000)), Ask.Title, Token));

        sink.Taken.Should().BeGreaterThan(48_000_000);
        allocated.Should().BeLessThan(16_000_000);
    }

    private static async Task<long> MeasureAsync(Func<Task> work)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await work();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private sealed record Row(string Name);

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
