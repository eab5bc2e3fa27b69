using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Sixtyfour.IntegrationTests.Support;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Bulk;

public sealed class DownloadTests : IAsyncLifetime
{
    private FileServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FileServer.StartAsync();
        _server.File = Table(1_000_000, seed: 1);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_break_goes_on_where_it_stopped()
    {
        _server.BreaksAfter(300_000);

        (await FetchAsync()).Should().Equal(_server.File);

        _server.FileRequests.Select(request => (request.Range, request.IfRange)).Should().Equal((null, null), ("bytes=300000-", "\"v1\""));
        _server.StatusRequests.Should().Be(0);
    }

    [Fact]
    public async Task Many_breaks_are_outlived_as_long_as_the_file_grows()
    {
        for (var i = 0; i < 9; i++)
        {
            _server.BreaksAfter(100_000);
        }

        (await FetchAsync(options => options.Retry.MaxRetries = 1)).Should().Equal(_server.File);
        _server.FileRequests.Should().HaveCount(10);
    }

    [Fact]
    public async Task Without_a_validator_a_break_starts_anew()
    {
        _server.Tag = null;
        _server.BreaksAfter(300_000);

        (await FetchAsync()).Should().Equal(_server.File);
        _server.FileRequests.Select(request => request.Range).Should().Equal(null, null);
    }

    [Fact]
    public async Task A_file_that_has_changed_meanwhile_starts_anew()
    {
        _server.BreaksAfter(300_000).Does(context =>
        {
            _server.Tag = "\"v2\"";
            _server.File = Table(500_000, seed: 2);
            return _server.ServeAsync(context);
        });

        (await FetchAsync()).Should().Equal(Table(500_000, seed: 2));
    }

    [Fact]
    public async Task Another_part_than_the_one_asked_for_starts_anew()
    {
        _server.BreaksAfter(300_000).Does(context =>
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = "bytes 0-9/1000000";
            return context.Response.Body.WriteAsync(_server.File, 0, 10);
        });

        (await FetchAsync()).Should().Equal(_server.File);
        _server.FileRequests.Select(request => request.Range).Should().Equal(null, "bytes=300000-", null);
    }

    [Fact]
    public async Task A_range_that_cannot_be_had_starts_anew()
    {
        _server.BreaksAfter(300_000).Answers(416);

        (await FetchAsync()).Should().Equal(_server.File);
    }

    [Fact]
    public async Task A_body_without_a_length_that_breaks_off_is_no_file()
    {
        _server.Does(async context =>
        {
            await context.Response.Body.WriteAsync(_server.File.AsMemory(0, 100_000));
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        (await FetchAsync()).Should().Equal(_server.File);
    }

    [Fact]
    public async Task What_stays_broken_is_an_error_that_names_the_job_and_no_address()
    {
        for (var i = 0; i < 5; i++)
        {
            _server.BreaksAfter(100);
        }

        using var client = new BulkClient(_server);
        using var result = client.Result(_server);
        var opening = () => result.OpenReadAsync(Token);

        var error = (await opening.Should().ThrowAsync<ConnectionFailedException>()).Which;
        error.JobId.Should().Be("job-1");
        error.Attempts.Should().Be(5);
        error.ToString().Should().NotContain("sig=").And.NotContain("secret").And.NotContain(BulkClient.Key);

        // Asked for again, it goes on.
        (await BytesAsync(await result.OpenReadAsync(Token))).Should().Equal(_server.File);
        _server.FileRequests.Last().Range.Should().Be("bytes=500-");
    }

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task Passing_failures_are_retried(int status)
    {
        _server.Answers(status);

        (await FetchAsync()).Should().Equal(_server.File);
        _server.StatusRequests.Should().Be(0);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task An_expired_link_is_renewed_and_the_transfer_goes_on(int status)
    {
        _server.BreaksAfter(300_000).Answers(status);

        (await FetchAsync()).Should().Equal(_server.File);

        _server.StatusRequests.Should().Be(1);
        _server.FileRequests.Select(request => (request.Query, request.Range)).Should().Equal(
            ("?sig=secret-1", null), ("?sig=secret-1", "bytes=300000-"), ("?sig=secret-2", "bytes=300000-"));
    }

    [Fact]
    public async Task A_fresh_link_that_is_refused_is_an_error()
    {
        _server.Answers(403).Answers(403).Answers(403);

        var fetching = () => FetchAsync();

        var error = (await fetching.Should().ThrowAsync<PermissionDeniedException>()).Which;
        error.JobId.Should().Be("job-1");
        error.ResponseBody.Should().BeNull();
        error.ToString().Should().NotContain("secret");
        error.Response!.Headers.Values.Should().NotContain(value => value.Contains("secret", StringComparison.Ordinal));
        _server.FileRequests.Should().HaveCount(3);
        _server.StatusRequests.Should().Be(2);
    }

    [Fact]
    public async Task The_key_goes_to_the_endpoint_and_to_trusted_origins_only()
    {
        await FetchAsync();
        _server.FileRequests.Should().OnlyContain(request => request.Key == BulkClient.Key);

        await using var other = await FileServer.StartAsync();
        other.File = _server.File;
        _server.LinkOrigin = other.Origin;
        await FetchAsync();
        other.FileRequests.Should().ContainSingle().Which.Key.Should().BeNull();

        await FetchAsync(options => options.TrustedDownloadOrigins.Add(other.Origin));
        other.FileRequests.Last().Key.Should().Be(BulkClient.Key);
    }

    [Fact]
    public async Task An_origin_that_wants_a_key_and_is_not_trusted_is_named()
    {
        await using var other = await FileServer.StartAsync();
        other.Answers(401).Answers(401).Answers(401);
        _server.LinkOrigin = other.Origin;

        var fetching = () => FetchAsync();

        (await fetching.Should().ThrowAsync<InvalidApiKeyException>())
            .WithMessage($"*{other.Origin.Authority}*{nameof(SixtyfourClientOptions.TrustedDownloadOrigins)}*");
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = await FileServer.StartAsync();
        _server.Does(context =>
        {
            context.Response.Redirect($"{other.Origin}files/enriched?sig=secret-9");
            return Task.CompletedTask;
        });

        var fetching = () => FetchAsync();

        var error = (await fetching.Should().ThrowAsync<InvalidResponseException>()).Which;
        error.Message.Should().Contain(other.Origin.Authority);
        error.ToString().Should().NotContain("secret");
        other.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Silence_is_ended_and_the_transfer_goes_on()
    {
        _server.Does(async context =>
        {
            context.Response.ContentLength = _server.File.Length;
            context.Response.Headers.ETag = _server.Tag;
            await context.Response.Body.WriteAsync(_server.File.AsMemory(0, 200_000));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        (await FetchAsync(options => options.TransferIdleTimeout = TimeSpan.FromSeconds(2))).Should().Equal(_server.File);
        _server.FileRequests.Last().Range.Should().StartWith("bytes=");
    }

    [Fact]
    public async Task A_slow_transfer_may_take_longer_than_silence_may()
    {
        _server.File = Table(12, seed: 3);
        _server.Does(async context =>
        {
            context.Response.ContentLength = _server.File.Length;
            for (var i = 0; i < _server.File.Length; i++)
            {
                await context.Response.Body.WriteAsync(_server.File.AsMemory(i, 1));
                await context.Response.Body.FlushAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(150));
            }
        });

        (await FetchAsync(options => options.TransferIdleTimeout = TimeSpan.FromMilliseconds(1_500))).Should().Equal(_server.File);
        _server.FileRequests.Should().ContainSingle();
    }

    [Fact]
    public async Task Everybody_shares_one_transfer_and_nobody_ends_it_for_the_others()
    {
        var begun = new TaskCompletionSource();
        _server.Does(async context =>
        {
            context.Response.ContentLength = _server.File.Length;
            context.Response.Headers.ETag = _server.Tag;
            await context.Response.Body.WriteAsync(_server.File.AsMemory(0, 400_000));
            await context.Response.Body.FlushAsync();
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var client = new BulkClient(_server);
        using var result = client.Result(_server);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var first = result.OpenReadAsync(leaving.Token);
        var others = Enumerable.Range(0, 5).Select(_ => result.OpenReadAsync(Token)).ToArray();
        await begun.Task;
        await leaving.CancelAsync();

        await first.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        foreach (var stream in await Task.WhenAll(others))
        {
            (await BytesAsync(stream)).Should().Equal(_server.File);
        }

        _server.FileRequests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Nothing_stays_behind_on_the_disk()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A file keeps its name there while it is open.");
        var others = Directory.GetFiles(Path.GetTempPath(), "sixtyfour-*");
        using var client = new BulkClient(_server);
        using var result = client.Result(_server);
        await using var stream = await result.OpenReadAsync(Token);

        // Those of other tests lose their names, too, at once.
        await Eventually.TrueAsync(() => !Directory.GetFiles(Path.GetTempPath(), "sixtyfour-*").Except(others).Any());
    }

    [Fact]
    public async Task No_activity_tells_the_query_of_a_link()
    {
        var tags = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "System.Net.Http" or SixtyfourTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (tags)
                {
                    tags.Add($"{activity.Source.Name} {activity.DisplayName} {string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await FetchAsync();

        var port = $"{_server.Origin.Port}";
        tags.Should().Contain(text => text.StartsWith("System.Net.Http", StringComparison.Ordinal) && text.Contains(port, StringComparison.Ordinal));
        tags.Should().NotContain(text => text.Contains("secret", StringComparison.Ordinal));
    }

    // One column of letters, a hundred to a line: a file of the exact length, which reads as CSV.
    private static byte[] Table(int length, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = i % 100 is 99 ? (byte)'\n' : (byte)random.Next('a', 'z' + 1);
        }

        return bytes;
    }

    private static async Task<byte[]> BytesAsync(Stream stream)
    {
        await using (stream)
        {
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Token);
            return copy.ToArray();
        }
    }

    private async Task<byte[]> FetchAsync(Action<SixtyfourClientOptions>? configure = null)
    {
        using var client = new BulkClient(_server, configure);
        using var result = client.Result(_server);
        return await BytesAsync(await result.OpenReadAsync(Token));
    }
}
