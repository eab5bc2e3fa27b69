using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Support;

/// <summary>What the tests on a fake clock rely on.</summary>
public sealed class VirtualTimeTests
{
    private readonly FakeClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_scenario_sends_the_same_requests_at_the_same_times()
    {
        var once = await ScenarioAsync();
        var again = await ScenarioAsync();

        again.Should().Equal(once);
        once.Should().HaveCountGreaterThan(800);
        // To be compared from process to process, too.
        TestContext.Current.TestOutputHelper!.WriteLine($"scenario {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', once))))}");
    }

    [Fact]
    public async Task A_timer_fires_only_when_what_the_one_before_woke_waits_again()
    {
        var order = new List<string>();
        async Task RunAsync(string name, int hops)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _clock, Token).ConfigureAwait(false);
            for (var i = 0; i < hops; i++)
            {
                await Task.Run(() => order.Add(name), Token).ConfigureAwait(false);
            }
        }

        await _clock.RunAsync(Task.WhenAll(RunAsync("first", 3), RunAsync("second", 2), RunAsync("third", 1)));

        order.Should().Equal("first", "first", "first", "second", "second", "third");
    }

    [Fact]
    public async Task Reading_and_writing_files_takes_no_time()
    {
        var path = Path.GetTempFileName();
        var begun = _clock.GetUtcNow();
        using var other = _clock.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));

        await _clock.RunAsync(Task.Run(
            async () =>
            {
                for (var i = 0; i < 50; i++)
                {
                    await File.AppendAllTextAsync(path, "line\n", Token);
                    (await File.ReadAllLinesAsync(path, Token)).Should().HaveCount(i + 1);
                }
            },
            Token));

        _clock.GetUtcNow().Should().Be(begun);
        File.Delete(path);
    }

    [Fact]
    public async Task A_wait_for_something_that_is_not_on_the_clock_fails_at_once() =>
        await FluentActions.Awaiting(() => _clock.RunAsync(new TaskCompletionSource().Task)).Should().ThrowAsync<InvalidOperationException>();

    private static async Task<List<string>> ScenarioAsync()
    {
        using var runs = new ManyRuns();
        runs.Service.Latency = TimeSpan.FromMilliseconds(150);
        runs.Service.RunTime = name => TimeSpan.FromSeconds(5 + (Number(name) * 37 % 300));
        runs.Service.Refuses = name => runs.Service.Received.Count % 50 is 0 ? (HttpStatusCode.TooManyRequests, "") : null;
        runs.Service.LookFails = name => Number(name) % 7 is 0 && runs.Service.Received.Count % 3 is 0 ? HttpStatusCode.BadGateway : null;

        var (outcomes, thrown) = await runs.RunAsync(ManyRuns.Names(300));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(300);
        return [.. runs.Service.Received.Select(seen => $"{seen.At:O} {seen.What}")];
    }

    private static int Number(string name) => int.Parse(name.AsSpan(7), CultureInfo.InvariantCulture);
}
