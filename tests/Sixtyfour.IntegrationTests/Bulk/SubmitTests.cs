using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sixtyfour.IntegrationTests.Support;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Bulk;

public sealed class SubmitTests : IAsyncDisposable
{
    private const int Large = 8_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("sixtyfour-tests-").FullName;
    private SubmitServer? _server;
    private SixtyfourClient? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await (_server?.DisposeAsync() ?? default);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_on_disk_becomes_a_job_and_rows()
    {
        var (server, client) = await StartAsync();

        var job = await client.Bulk.SubmitPeopleAsync<Found>(CsvOnDisk("name\nNadia Okafor\n"), new() { Tier = Tier.Low }, Token);
        using var result = await job.WaitAsync(Token);

        server.Service.Accepted.Single().Text.Should().Be("name\nNadia Okafor\n");
        (job.RowCount, job.EstimatedCostCents, result.ChargeCents).Should().Be((1, 10m, 10m));
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("reset")]
    [InlineData("500")]
    [InlineData("429")]
    [InlineData("503")]
    [InlineData("stalled")]
    public async Task Whatever_happens_on_the_way_the_same_bytes_go_again_under_the_same_key_and_one_job_is_paid_for(string mishap)
    {
        // A limit only where one is to pass: the others must not meet it on a machine that is busy.
        var (server, client) = await StartAsync(o => o.TransferIdleTimeout = mishap is "stalled" ? TimeSpan.FromSeconds(3) : o.TransferIdleTimeout);
        _ = mishap switch
        {
            "lost" => server.LosesTheAnswer(),
            "reset" => server.ResetsAfter(1_000_000),
            "500" => server.Answers(500),
            "429" => server.Answers(429, ("Retry-After", "0")),
            "503" => server.Answers(503, ("Retry-After", "0")),
            _ => server.StallsAfter(1_000_000),
        };

        var job = await client.Bulk.SubmitPeopleAsync(CsvOnDisk(Rows(Large)), Api.Title, cancellationToken: Token);

        server.UploadsBegun.Should().Be(2);
        server.Service.Accepted.Should().ContainSingle().Which.JobId.Should().Be(job.Id);
        server.Uploads.Select(upload => upload.Key).Distinct().Should().ContainSingle().Which.Should().Be(job.IdempotencyKey);
        server.Uploads.Should().AllSatisfy(upload => upload.Bytes.AsSpan().SequenceEqual(server.Uploads.First().Bytes).Should().BeTrue());
        job.AlreadyStarted.Should().Be(mishap is "lost");
    }

    [Fact]
    public async Task Without_any_answer_the_error_carries_the_key()
    {
        var (server, client) = await StartAsync(o => o.Retry.MaxRetries = 2);
        server.LosesTheAnswer().LosesTheAnswer().ResetsAfter(100_000);

        var error = (await FluentActions.Awaiting(() => client.Bulk.SubmitPeopleAsync(CsvOnDisk(Rows(Large)), Api.Title, cancellationToken: Token))
            .Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.IdempotencyKey.Should().Be(server.Service.Accepted.Single().Key);
        error.Attempts.Should().Be(3);
    }

    [Fact]
    public async Task A_refusal_is_not_sent_again()
    {
        var (server, client) = await StartAsync();
        server.Answers(402);

        await FluentActions.Awaiting(() => client.Bulk.SubmitPeopleAsync(CsvOnDisk(Rows(1000)), Api.Title, cancellationToken: Token))
            .Should().ThrowAsync<InsufficientCreditsException>();

        server.UploadsBegun.Should().Be(1);
    }

    [Fact]
    public async Task A_refusal_that_comes_before_the_end_of_the_file_is_heard()
    {
        var (server, client) = await StartAsync();
        server.Does(context =>
        {
            context.Response.StatusCode = 402;
            return Task.CompletedTask;
        });

        await FluentActions.Awaiting(() => client.Bulk.SubmitPeopleAsync(CsvOnDisk(Rows(50_000_000)), Api.Title, cancellationToken: Token))
            .Should().ThrowAsync<InsufficientCreditsException>();

        server.UploadsBegun.Should().Be(1);
    }

    [Fact]
    public async Task An_upload_that_crawls_is_not_cut_off_as_long_as_it_moves()
    {
        var (server, client) = await StartAsync(o =>
        {
            o.TransferIdleTimeout = TimeSpan.FromSeconds(2);
            o.QuickAttemptTimeout = TimeSpan.FromSeconds(2);
            o.Retry.MaxRetries = 0;
        });
        server.Does(async context =>
        {
            // Longer in all than every limit.
            var buffer = new byte[400_000];
            for (var i = 0; i < 12; i++)
            {
                await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
                await Task.Delay(250, context.RequestAborted);
            }

            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await context.Response.WriteAsync("""{"task_id": "job-1"}""");
        });

        (await client.Bulk.SubmitPeopleAsync(CsvOnDisk(Rows(Large)), Api.Title, cancellationToken: Token)).Id.Should().Be("job-1");
    }

    [Fact]
    public async Task Whoever_leaves_in_the_middle_has_started_nothing()
    {
        var (server, client) = await StartAsync();
        using var caller = new CancellationTokenSource();
        server.StallsAfter(500_000);
        var submitting = client.Bulk.SubmitPeopleAsync(CsvOnDisk(Rows(50_000_000)), Api.Title, cancellationToken: caller.Token);
        await Eventually.TrueAsync(() => server.UploadsBegun is 1);

        await caller.CancelAsync();

        (await FluentActions.Awaiting(() => submitting).Should().ThrowAsync<OperationCanceledException>()).Which.InnerException.Should().BeNull();
        server.Service.Accepted.Should().BeEmpty();
        server.UploadsBegun.Should().Be(1);
    }

    [Fact]
    public async Task Whoever_leaves_while_the_answer_is_due_gets_it()
    {
        var (server, client) = await StartAsync();
        using var caller = new CancellationTokenSource();
        server.Does(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await caller.CancelAsync();
            await Task.Delay(300, context.RequestAborted);
            await context.Response.WriteAsync("""{"task_id": "job-1"}""");
        });

        (await client.Bulk.SubmitPeopleAsync(CsvOnDisk(Rows(100_000)), Api.Title, cancellationToken: caller.Token)).Id.Should().Be("job-1");
    }

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_from_its_journal_and_its_rows_come_back_in_order()
    {
        var (server, client) = await StartAsync();
        var file = BulkFile.FromPath(WriteCsv(string.Concat(Enumerable.Range(0, 250_000).Select(i => $"n{i}\n"))));
        using var caller = new CancellationTokenSource();
        server.Does(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, Token);
            context.Abort();
            await caller.CancelAsync();
        });
        await FluentActions.Awaiting(() => client.Bulk.RunPeopleAsync<Found>(file, Journal(), cancellationToken: caller.Token))
            .Should().ThrowAsync<OperationCanceledException>();

        using var again = NewClient();
        using var result = await again.Bulk.RunPeopleAsync<Found>(file, Journal(), cancellationToken: Token);

        server.Service.Accepted.Select(one => one.Rows.Count).Should().BeEquivalentTo([100_000, 100_000, 50_000]);
        result.ChargeCents.Should().Be(2_500_000);
        var index = 0L;
        await foreach (var row in result.ReadRowsAsync<Found>(cancellationToken: Token))
        {
            if (row.Index != index || row.Data.Title != $"Title of n{index}" || row["name"].AsString() != $"n{index}")
            {
                Assert.Fail($"Row {index} is {row.Index}, {row.Data.Title}");
            }

            index++;
        }

        index.Should().Be(250_000);
    }

    private async Task<(SubmitServer Server, SixtyfourClient Client)> StartAsync(Action<SixtyfourClientOptions>? configure = null)
    {
        _server = await SubmitServer.StartAsync();
        _client = NewClient(configure);
        return (_server, _client);
    }

    private SixtyfourClient NewClient(Action<SixtyfourClientOptions>? configure = null)
    {
        var options = new SixtyfourClientOptions { ApiKey = "sk_test", Endpoint = _server!.Origin };
        options.Retry.BaseDelay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(5);
        options.RateLimit.BulkSubmissionsPerMinute = null;
        configure?.Invoke(options);
        return new SixtyfourClient(options: options);
    }

    private BulkJournal Journal() => BulkJournal.AtPath(Path.Combine(_folder, "run.journal"));

    private BulkFile CsvOnDisk(string text)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, text);
        return BulkFile.FromPath(path);
    }

    private string WriteCsv(string rows)
    {
        var path = Path.Combine(_folder, "leads.csv");
        File.WriteAllText(path, "name\n" + rows);
        return path;
    }

    // Rows of a thousand bytes.
    private static string Rows(int bytes)
    {
        var text = new StringBuilder("name\n", bytes + 1_100);
        for (var i = 0; text.Length < bytes; i++)
        {
            text.Append('x', 990).Append(i % 10).Append('\n');
        }

        return text.ToString();
    }

    private sealed record Found([property: Description("Current job title")] string? Title);
}
