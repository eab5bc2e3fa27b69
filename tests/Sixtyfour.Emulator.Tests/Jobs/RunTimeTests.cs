namespace Sixtyfour.Emulator.Tests.Jobs;

public class RunTimeTests
{
    [Fact]
    public void Half_of_the_calls_take_two_minutes_and_one_in_twenty_more_than_five()
    {
        var random = new Random(1);
        var seconds = Enumerable.Range(0, 20_000).Select(_ => Randomness.RunTimes.LogNormal(random).TotalSeconds).Order().ToList();

        seconds[10_000].Should().BeApproximately(120, 4);
        seconds[19_000].Should().BeApproximately(300, 12);
        seconds[^1].Should().Be(600);
        seconds[0].Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task The_same_calls_take_the_same_times_in_every_run()
    {
        var first = await RunTimesOfThreeAsync(seed: 1);
        var second = await RunTimesOfThreeAsync(seed: 1);
        var reseeded = await RunTimesOfThreeAsync(seed: 2);

        second.Should().Equal(first);
        reseeded.Should().NotEqual(first);
        first.Distinct().Should().HaveCount(3, "also the same request takes another time when it is sent again");
    }

    private static async Task<List<TimeSpan>> RunTimesOfThreeAsync(int seed)
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => (options.RunTime, options.Seed) = (null, seed));
        for (var i = 0; i < 3; i++)
        {
            await wire.StartJobAsync();
        }

        return [.. wire.Emulator.Jobs.Select(job => job.RunTime)];
    }
}
