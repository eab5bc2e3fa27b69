using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Sixtyfour.AspNetCore.Receiving;
using Sixtyfour.AspNetCore.Tests.Support;
using Sixtyfour.Testing;

namespace Sixtyfour.AspNetCore.Tests;

public sealed class OnceTests
{
    private readonly ConcurrentDictionary<string, int> _runs = new();
    private readonly ConcurrentDictionary<string, int> _successes = new();

    [Fact]
    public async Task An_event_that_comes_again_is_answered_without_the_handler()
    {
        await using var receiver = await Receiver.StartAsync(Count);

        (await receiver.DeliverAsync(Bodies.Done())).Word.Should().Be("handled");
        (await receiver.DeliverAsync(Bodies.Done(), attempt: 2)).Should().Be((HttpStatusCode.OK, "repeated"));

        _runs["job-1"].Should().Be(1);
    }

    [Fact]
    public async Task The_same_body_under_a_new_id_is_the_same_event()
    {
        await using var receiver = await Receiver.StartAsync(Count);

        await receiver.DeliverAsync(Bodies.Done());
        (await receiver.DeliverAsync(Bodies.Done(), eventId: "event-2")).Word.Should().Be("repeated");
        (await receiver.DeliverAsync(Bodies.Done(), eventId: null)).Word.Should().Be("repeated");

        _runs["job-1"].Should().Be(1);
    }

    [Fact]
    public async Task The_same_id_and_job_with_another_body_is_the_same_event()
    {
        await using var receiver = await Receiver.StartAsync(Count);

        await receiver.DeliverAsync(Bodies.Done());
        (await receiver.DeliverAsync(Bodies.Done() + " ")).Word.Should().Be("repeated");
    }

    [Fact]
    public async Task A_twin_with_another_body_runs_itself()
    {
        var gate = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(async (received, token) =>
        {
            await Count(received, token);
            if (_runs["job-1"] is 1)
            {
                await gate.Task;
                throw new InvalidOperationException("The first body cannot be handled.");
            }
        });

        var first = receiver.DeliverAsync(Bodies.Done());
        await Eventually.TrueAsync(() => _runs.ContainsKey("job-1"));
        (await receiver.DeliverAsync(Bodies.Done() + " ", attempt: 2)).Should().Be((HttpStatusCode.OK, "handled"));
        gate.SetResult();

        (await first).Word.Should().Be("failed");
        _runs["job-1"].Should().Be(2);
    }

    [Fact]
    public async Task One_body_at_two_endpoints_is_handled_at_both()
    {
        await using var receiver = await Receiver.StartAsync(
            endpoints =>
            {
                endpoints.MapSixtyfourWebhook(Receiver.Path, Count);
                endpoints.MapSixtyfourWebhook("/audit", Count);
                endpoints.MapGroup("/eu").MapSixtyfourWebhook("/audit", Count);
            },
            services => services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret)));

        foreach (var path in new[] { Receiver.Path, "/audit", "/eu/audit" })
        {
            (await receiver.DeliverAsync(Bodies.Done(), path: path)).Word.Should().Be("handled", path);
            (await receiver.DeliverAsync(Bodies.Done(), path: path, attempt: 2)).Word.Should().Be("repeated", path);
        }

        _runs["job-1"].Should().Be(3);
    }

    [Fact]
    public async Task A_replay_under_the_id_of_another_event_does_not_make_that_one_look_handled()
    {
        await using var receiver = await Receiver.StartAsync(Count);

        await receiver.DeliverAsync(Bodies.Done("job-1"), eventId: "id of job 2");
        await receiver.DeliverAsync(Bodies.Done("job-1"), eventId: "event-2");
        (await receiver.DeliverAsync(Bodies.Done("job-2"), eventId: "event-2")).Word.Should().Be("handled");

        _runs.Should().BeEquivalentTo(new Dictionary<string, int> { ["job-1"] = 1, ["job-2"] = 1 });
    }

    [Fact]
    public async Task A_failed_event_comes_again_and_is_handled_then()
    {
        var fails = true;
        await using var receiver = await Receiver.StartAsync(
            (received, token) => fails ? throw new InvalidOperationException("The database is away.") : Count(received, token));

        (await receiver.DeliverAsync(Bodies.Done())).Should().Be((HttpStatusCode.InternalServerError, "failed"));
        fails = false;
        (await receiver.DeliverAsync(Bodies.Done(), attempt: 2)).Word.Should().Be("handled");

        receiver.Log.All.Should().Contain("The database is away.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Concurrent_twins_wait_for_the_first_and_get_its_outcome(bool succeeds)
    {
        var gate = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(async (received, token) =>
        {
            await Count(received, token);
            await gate.Task;
            if (!succeeds)
            {
                throw new InvalidOperationException("No.");
            }
        });

        var first = receiver.DeliverAsync(Bodies.Done());
        await Eventually.TrueAsync(() => _runs.ContainsKey("job-1"));
        var twins = Enumerable.Range(0, 20).Select(i => receiver.DeliverAsync(Bodies.Done(), eventId: i % 2 is 0 ? "event-1" : $"event-{i}")).ToList();
        await Eventually.TrueAsync(() => receiver.Arrived is 21);
        gate.SetResult();

        (await Task.WhenAll(twins)).Should().OnlyContain(answer => succeeds ? answer.Word == "repeated" : answer.Word == "failed");
        (await first).Word.Should().Be(succeeds ? "handled" : "failed");
        _runs["job-1"].Should().BeInRange(1, succeeds ? 1 : 21);
    }

    [Fact]
    public async Task A_run_is_joined_by_the_same_body_until_it_has_really_ended()
    {
        var flights = new EventsInFlight();
        var gate = new TaskCompletionSource<Outcome>();
        var (first, _) = flights.Join("body", () => gate.Task);

        var (twin, isTwin) = flights.Join("body", NotCalled);
        var (other, isOther) = flights.Join("another body", () => Task.FromResult(Outcome.Handled));

        (isTwin, isOther).Should().Be((true, false));
        (await other).Should().Be(Outcome.Handled);
        gate.SetResult(Outcome.HandlerFailed);
        (await Task.WhenAll(first, twin)).Should().OnlyContain(outcome => outcome == Outcome.HandlerFailed);
        flights.Join("body", () => Task.FromResult(Outcome.Handled)).IsDuplicate.Should().BeFalse();

        static Task<Outcome> NotCalled() => throw new InvalidOperationException("A twin must not run.");
    }

    [Fact]
    public async Task A_thousand_deliveries_with_every_mishap_are_handled_exactly_once_each()
    {
        const int Events = 250;
        var random = new Random(64);
        var failures = new ConcurrentDictionary<string, int>();
        await using var receiver = await Receiver.StartAsync(async (received, token) =>
        {
            var id = ((JobEvent)received).JobId;
            await Task.Yield();
            if (failures.AddOrUpdate(id, 1, (_, n) => n + 1) <= int.Parse(id[4..], CultureInfo.InvariantCulture) % 3)
            {
                throw new InvalidOperationException("Not yet.");
            }

            _successes.AddOrUpdate(id, 1, (_, n) => n + 1);
        });

        // Each event four times, under its own id, twice at once, and under a new id, all in any order; what fails is sent again as the sender would.
        var deliveries = Enumerable.Range(0, Events)
            .SelectMany(i => new[] { (Job: $"job-{i}", Id: $"event-{i}"), (Job: $"job-{i}", Id: $"event-{i}"),
                (Job: $"job-{i}", Id: $"event-{i}"), (Job: $"job-{i}", Id: $"replay-{i}") })
            .OrderBy(_ => random.Next()).ToArray();
        var sent = 0;
        await Parallel.ForEachAsync(deliveries, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Receiver.Token }, async (delivery, _) =>
        {
            for (var attempt = 1; attempt <= 6; attempt++)
            {
                Interlocked.Increment(ref sent);
                if ((await receiver.DeliverAsync(Bodies.Done(delivery.Job), delivery.Id, attempt: attempt)).Status is HttpStatusCode.OK)
                {
                    return;
                }
            }
        });

        sent.Should().BeGreaterThan(1_000);
        _successes.Should().HaveCount(Events);
        _successes.Values.Should().OnlyContain(count => count == 1);
    }

    [Fact]
    public async Task Another_process_with_the_same_cache_knows_what_was_handled()
    {
        var cache = new Cache();
        await using var one = await StartAsync(cache);
        await using var two = await StartAsync(cache);

        (await one.DeliverAsync(Bodies.Done())).Word.Should().Be("handled");
        (await two.DeliverAsync(Bodies.Done(), eventId: "event-2")).Word.Should().Be("repeated");

        cache.Entries.Keys.Should().HaveCount(2).And.OnlyContain(key => !key.Contains("event-1") && !key.Contains("job-1"));
    }

    [Fact]
    public async Task A_cache_that_fails_costs_no_event()
    {
        var cache = new Cache { Fails = true };
        await using var receiver = await StartAsync(cache);

        (await receiver.DeliverAsync(Bodies.Done())).Word.Should().Be("handled");
        (await receiver.DeliverAsync(Bodies.Done())).Word.Should().Be("handled");

        _runs["job-1"].Should().Be(2);
        receiver.Log.All.Should().Contain("Reading the distributed cache failed (TimeoutException)")
            .And.Contain("Writing to the distributed cache failed (TimeoutException)");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cache_that_never_answers_costs_no_event(bool heedsItsToken)
    {
        var cache = new Cache { Hangs = true, HeedsItsToken = heedsItsToken };
        await using var receiver = await StartAsync(cache);
        var clock = (FakeClock)receiver.Clock;

        var delivery = receiver.DeliverAsync(Bodies.Done());
        await Eventually.TrueAsync(() => cache.Asked is 1);
        clock.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(() => cache.Told is 1);
        clock.Advance(TimeSpan.FromSeconds(2));

        (await delivery).Should().Be((HttpStatusCode.OK, "handled"));
        _runs["job-1"].Should().Be(1);
        receiver.Log.All.Should().Contain("Reading the distributed cache failed").And.Contain("Writing to the distributed cache failed");
    }

    [Fact]
    public async Task A_run_that_breaks_off_says_so_to_everyone_who_waits_and_is_forgotten()
    {
        var flights = new EventsInFlight();
        var gate = new TaskCompletionSource<Outcome>();
        var (first, _) = flights.Join("body", () => gate.Task);
        var (twin, _) = flights.Join("body", () => gate.Task);

        gate.SetException(new InvalidOperationException("The log is full."));

        await first.Awaiting(task => task).Should().ThrowAsync<InvalidOperationException>().WithMessage("The log is full.");
        await twin.Awaiting(task => task).Should().ThrowAsync<InvalidOperationException>().WithMessage("The log is full.");
        flights.Join("body", () => Task.FromResult(Outcome.Handled)).IsDuplicate.Should().BeFalse();
    }

    [Fact]
    public async Task The_mark_is_made_after_the_success_and_not_before()
    {
        var cache = new Cache();
        var marksDuringTheRun = -1;
        await using var receiver = await StartAsync(cache, (_, _) =>
        {
            marksDuringTheRun = cache.Entries.Count;
            return Task.CompletedTask;
        });

        await receiver.DeliverAsync(Bodies.Done());

        marksDuringTheRun.Should().Be(0);
        cache.Entries.Should().HaveCount(2);
    }

    private Task<Receiver> StartAsync(IDistributedCache cache, Func<WebhookEvent, CancellationToken, Task>? handler = null) => Receiver.StartAsync(
        endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path, handler ?? Count),
        services => services.AddSingleton(cache).AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret)),
        new FakeClock());

    private Task Count(WebhookEvent received, CancellationToken cancellationToken)
    {
        _runs.AddOrUpdate((received as JobEvent)?.JobId ?? "none", 1, (_, n) => n + 1);
        return Task.CompletedTask;
    }

    private sealed class Cache : IDistributedCache
    {
        public ConcurrentDictionary<string, byte[]> Entries { get; } = new();

        public bool Fails { get; init; }

        public bool Hangs { get; init; }

        public bool HeedsItsToken { get; init; } = true;

        public int Asked;

        public int Told;

        public byte[]? Get(string key) => throw new NotSupportedException();

        public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            await AnswerAsync(() => Interlocked.Increment(ref Asked), token);
            return Entries.GetValueOrDefault(key);
        }

        public void Refresh(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            options.AbsoluteExpirationRelativeToNow.Should().Be(TimeSpan.FromDays(1));
            await AnswerAsync(() => Interlocked.Increment(ref Told), token);
            Entries[key] = value;
        }

        private async Task AnswerAsync(Action count, CancellationToken token)
        {
            var answer = Fails ? Task.FromException(new TimeoutException("The cache is away."))
                : !Hangs ? Task.CompletedTask
                : Task.Delay(Timeout.InfiniteTimeSpan, HeedsItsToken ? token : CancellationToken.None);
            count();
            await answer;
        }
    }
}
