using System.Globalization;

namespace Sixtyfour.CrashTests;

/// <summary>A run of several files whose process is killed again and again until it gets to its end.</summary>
public sealed class KilledRunTests : IDisposable
{
    private const int Kills = 60;
    private const int Files = 12;
    private const int Rows = 1_150;    // eleven full files and a half one
    private const int Seed = 64;

    private readonly string _folder = Directory.CreateTempSubdirectory("sixtyfour-crash-").FullName;
    private readonly Random _random = new(Seed);
    private readonly List<int> _linesAtKills = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Temporary => Directory.CreateDirectory(Path.Combine(_folder, "tmp")).FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Killed_at_any_moment_a_run_pays_once_and_loses_no_row()
    {
        using var service = await Service.StartAsync(Temporary);
        int killed = 0, runs = 0;
        while (killed < Kills)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, $"run-{++runs}")).FullName;
            killed += await RunToTheEndAsync(service, folder);

            (await service.RowsOfJobsAsync()).Should().HaveCount(Files).And.Subject.Sum().Should().Be(Rows);
            (await service.ChargedCentsAsync()).Should().Be(Rows * 10);
            (await service.KeysAsync()).Should().HaveCount(Files);
            await CheckRowsAsync(Path.Combine(folder, "enriched.csv"), Rows);
            await service.ResetAsync();
        }

        Directory.EnumerateFileSystemEntries(Temporary, "sixtyfour-*").Should().BeEmpty("a killed process leaves nothing behind");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{killed} kills in {runs} runs of {Files} files, with so many lines in the journal: {string.Join(' ', _linesAtKills.Order())}");
    }

    [Theory]
    [InlineData("behind")]
    [InlineData("before")]
    public async Task Killed_at_every_line_of_its_journal_a_run_pays_once_and_loses_no_row(string death)
    {
        const int SomeFiles = 4, SomeRows = 350;
        using var service = await Service.StartAsync(Temporary);
        var journal = Path.Combine(_folder, "run.journal");
        var lines = new List<int>();
        while (await DieAsync(service, death, SomeRows))
        {
            lines.Add((await File.ReadAllLinesAsync(journal, Token)).Length);
        }

        lines.Should().Equal(Enumerable.Range(1, lines.Count), "each life writes one line");
        lines.Should().HaveCountGreaterThanOrEqualTo(3 * SomeFiles, "a file has a line before it is sent, one with its job and one with its charge");
        (await service.RowsOfJobsAsync()).Should().HaveCount(SomeFiles).And.Subject.Sum().Should().Be(SomeRows);
        (await service.ChargedCentsAsync()).Should().Be(SomeRows * 10);
        (await service.KeysAsync()).Should().HaveCount(SomeFiles);
        await CheckRowsAsync(Path.Combine(_folder, "enriched.csv"), SomeRows);
    }

    /// <returns>Whether it died; false when it got to its end.</returns>
    private async Task<bool> DieAsync(Service service, string death, int rows)
    {
        using var run = WorkerProcess.Start(
            Temporary, "run", service.Endpoint.ToString(), service.Key, _folder, rows.ToString(CultureInfo.InvariantCulture), death);
        (await run.LineAsync(Token)).Should().Be("begun");
        var last = await run.LineAsync(Token);
        await run.EndAsync(Token);
        (await run.ErrorsAsync(Token)).Should().BeEmpty();
        (run.ExitCode == 0).Should().Be(last is not null);
        return last is null;
    }

    /// <returns>How often it was killed.</returns>
    private async Task<int> RunToTheEndAsync(Service service, string folder)
    {
        var killed = 0;
        // Longer each time: on a slow machine no short life would ever get to the end.
        while (await LiveAsync(service, folder, TimeSpan.FromMilliseconds(_random.Next(600 + (200 * killed)))))
        {
            killed++;
            var journal = Path.Combine(folder, "run.journal");
            _linesAtKills.Add(File.Exists(journal) ? (await File.ReadAllLinesAsync(journal, Token)).Length : 0);
        }

        return killed;
    }

    /// <returns>Whether it was killed.</returns>
    private async Task<bool> LiveAsync(Service service, string folder, TimeSpan life)
    {
        await service.InjectAsync(Mishap());
        using var run = WorkerProcess.Start(Temporary, "run", service.Endpoint.ToString(), service.Key, folder, Rows.ToString(CultureInfo.InvariantCulture));
        (await run.LineAsync(Token)).Should().Be("begun");
        if (await run.KillAfterAsync(life, Token))
        {
            return true;
        }

        run.ExitCode.Should().Be(0, await run.ErrorsAsync(Token));
        (await run.LineAsync(Token)).Should().Be($"done {Rows * 10}");
        return false;
    }

    private string Mishap() => _random.Next(4) switch
    {
        0 => """{"fault": "loses_the_answer", "path": "/bulk-intelligence/people"}""",
        1 => """{"fault": "resets_the_upload", "after_bytes": 2000, "path": "/bulk-intelligence/people"}""",
        2 => """{"fault": "status", "status": 500, "path": "/bulk-intelligence/people"}""",
        _ => """{"fault": "truncates_the_body", "keep_bytes": 1000, "path": "/bulk-files/*"}""",
    };

    private static async Task CheckRowsAsync(string path, int rows)
    {
        var lines = await File.ReadAllLinesAsync(path, Token);
        lines[0].Should().Be("name,company,title");
        lines[1..].Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]).Should().Equal(Enumerable.Range(0, rows).Select(i => $"Person {i}"));
    }
}
