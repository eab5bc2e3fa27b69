using System.Net;

namespace Sixtyfour.Emulator.Tests.Bulk;

/// <summary>What is forgotten is gone, whoever is busy with it.</summary>
public sealed class CleaningUpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_is_forgotten_while_its_file_is_made_is_not_known_any_more()
    {
        await using var wire = await Wire.StartAsync(options => options.PassThroughShare = 0);
        var reached = new TaskCompletionSource();
        using var goOn = new ManualResetEventSlim();
        wire.Emulator.Answer(BulkWire.People, _ =>
        {
            reached.TrySetResult();
            goOn.Wait(Token);
            return null;
        });
        var id = (string)(await wire.SubmitAsync())["task_id"]!;
        var polling = wire.GetAsync($"/job-status/{id}");
        await reached.Task;

        wire.Emulator.Reset();
        goOn.Set();

        (await polling).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}
