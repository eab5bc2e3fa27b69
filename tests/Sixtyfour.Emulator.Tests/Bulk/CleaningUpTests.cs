using System.Net;
using System.Text;
using Sixtyfour.Testing;

namespace Sixtyfour.Emulator.Tests.Bulk;

[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>What is forgotten is gone, whoever is busy with it. Alone, since the open files are those of the whole process.</summary>
[Collection("Alone")]
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
        OpenFiles().Should().BeEmpty();
    }

    [Fact]
    public async Task An_upload_that_goes_on_over_a_reset_starts_a_job_behind_it()
    {
        await using var wire = await Wire.StartAsync();
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        using var form = new MultipartFormDataContent
        {
            { new HeldBack("name\nA\n", begun, goOn.Task), "file", "people.csv" },
            { new StringContent(BulkWire.Title), "config" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(BulkWire.People, UriKind.Relative)) { Content = form };
        var uploading = wire.Http.SendAsync(request, Token);
        await begun.Task;
        await Eventually.TrueAsync(() => wire.Emulator.Requests.Count == 1);

        wire.Emulator.Reset();
        goOn.SetResult();

        (await wire.FilesAsync(await Wire.JsonOf(await uploading))).Should().HaveCount(2);
        (wire.Emulator.Jobs.Count, wire.Emulator.ChargedCents).Should().Be((1, 10m));
    }

    [Fact]
    public async Task Nothing_stays_on_the_disk_of_what_was_refused_or_forgotten()
    {
        await using var wire = await Wire.StartAsync(options => options.BalanceCents = 30);
        await wire.UploadAsync("name\n");
        await wire.UploadAsync(config: null);
        await wire.UploadAsync("name\nA\nB\nC\nD\n");
        OpenFiles().Should().BeEmpty("all of them were refused");
        var file = (await wire.FilesAsync(await wire.SubmitAsync(key: "key-1")))[^1];
        await wire.SubmitAsync(key: "key-1");
        OpenFiles().Should().HaveCount(OperatingSystem.IsLinux() ? 3 : 0, "the rows and the files of two stages are kept");

        wire.Emulator.Reset();

        OpenFiles().Should().BeEmpty();
        (await wire.DownloadAsync(file)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_emulator_that_is_disposed_leaves_nothing_on_the_disk()
    {
        await using (var wire = await Wire.StartAsync())
        {
            await wire.FilesAsync(await wire.SubmitAsync());
        }

        OpenFiles().Should().BeEmpty();
    }

    [Fact]
    public async Task A_key_is_forgotten_with_its_job()
    {
        await using var wire = await Wire.StartAsync();
        await wire.SubmitAsync(key: "key-1");

        wire.Emulator.Reset();

        (await wire.SubmitAsync(key: "key-1")).ContainsKey("already_started").Should().BeFalse();
    }

    /// <summary>Sends a part of its text, and the rest when told.</summary>
    private sealed class HeldBack(string text, TaskCompletionSource begun, Task goOn) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text[..1]), Token);
            await stream.FlushAsync(Token);
            begun.SetResult();
            await goOn;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text[1..]), Token);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    // Without a name and therefore in no folder: Linux tells the open files of a process.
    private static List<string> OpenFiles() => !OperatingSystem.IsLinux() ? [] :
        [.. new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
            .Select(entry => entry.LinkTarget).OfType<string>().Where(target => target.Contains("sixtyfour-emulator-", StringComparison.Ordinal))];
}
