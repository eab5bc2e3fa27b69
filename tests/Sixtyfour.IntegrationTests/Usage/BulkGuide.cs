using System.Runtime.CompilerServices;
using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Usage;

/// <summary>The code of the guide to bulk files, run against the emulator. What stands in the guide stands here, word for word.</summary>
public sealed class BulkGuide : IDisposable
{
    private const string Leads = """
        name,company
        Nadia Okafor,Example Robotics
        Person 002 Example,"Sample, Company & Sons"

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bulk-guide-");

    private string InputPath => Path.Combine(_folder.FullName, "leads.csv");

    private string OutputPath => Path.Combine(_folder.FullName, "enriched.csv");

    private string JournalPath => Path.Combine(_folder.FullName, "leads.journal");

    [Theory]
    [InlineData("bulk.md", 7)]
    [InlineData("cost-and-idempotency.md", 2)]
    public void Every_sample_of_the_guide_is_compiled_here(string guide, int samples)
    {
        var here = Squeezed(File.ReadAllText(ThisFile()));

        var found = CSharpIn(Guide(guide)).ToList();

        found.Should().HaveCount(samples);
        found.Should().AllSatisfy(sample => here.Should().Contain(Squeezed(sample)));
    }

    [Theory]
    [InlineData("emulator.md", "## Bulk files")]
    [InlineData("../README.md", "### A file of any size")]
    public void So_is_what_other_pages_show_of_bulk_files(string page, string heading) =>
        Squeezed(File.ReadAllText(ThisFile())).Should().Contain(Squeezed(CSharpIn(Guide(page).Split(heading)[1]).First()));

    [Fact]
    public async Task One_file_is_estimated_submitted_read_and_saved()
    {
        await using var emulator = await StartAsync();
        using var sixtyfour = emulator.CreateClient();
        var ct = TestContext.Current.CancellationToken;
        var (path, outputPath, store) = (InputPath, OutputPath, new JobStore());
        await File.WriteAllTextAsync(path, Leads, ct);

        BulkFile file = BulkFile.FromPath(path);
        BulkEstimate estimate = await sixtyfour.Bulk.EstimatePeopleAsync(file, new() { Tier = Tier.Low }, ct);    // counts here, sends nothing
        Console.WriteLine($"{estimate.Rows} rows, {estimate.EstimatedCostCents} cents at the documented price");

        BulkJob job = await sixtyfour.Bulk.SubmitPeopleAsync<Founder>(file, new()
        {
            Tier = Tier.Low,
            IdempotencyKey = "crm-import-2026-11-21",      // after a crash: same key, same job, no second charge
            MaxCostCents = 30_000,                       // checked before the first byte leaves
        }, ct);
        await store.SaveJobIdAsync(job.Id);                // without ct: it is paid for
        Console.WriteLine($"{job.RowCount} rows, {job.EstimatedCostCents} cents by the service's own estimate");

        using BulkResult result = await job.WaitAsync(ct);
        await foreach (ResultRow<Founder> row in result.ReadRowsAsync<Founder>(cancellationToken: ct))
        {
            Console.WriteLine(row.IsEnriched ? $"{row["name"].AsString()}: {row.Data.Title}" : $"row {row.Index} came back as it was");
        }

        await result.SaveAsync(outputPath, ct);
        Console.WriteLine($"charged {result.ChargeCents} cents");

        job.AlreadyStarted.Should().BeFalse();
        (estimate.EstimatedCostCents, job.EstimatedCostCents, result.ChargeCents).Should().Be((20, 20, 20));
        (await File.ReadAllLinesAsync(outputPath, ct)).Should().HaveCount(3).And.HaveElementAt(0, "name,company,title,age");

        var storedId = store.JobIds.Single();
        using BulkResult later = await sixtyfour.Bulk.GetJob(storedId).WaitAsync(ct);    // in another process, at no cost
        later.ChargeCents.Should().Be(20);

        var again = await sixtyfour.Bulk.SubmitPeopleAsync<Founder>(file, new() { IdempotencyKey = "crm-import-2026-11-21" }, ct);
        Console.WriteLine(again.AlreadyStarted);    // True: the job of the first time, and no second charge
        again.Id.Should().Be(job.Id);
        emulator.ChargedCents.Should().Be(20);
    }

    [Fact]
    public async Task Rows_come_from_a_stream_or_from_the_application()
    {
        await using var emulator = await StartAsync();
        using var sixtyfour = emulator.CreateClient();
        var ct = TestContext.Current.CancellationToken;
        using var upload = new MemoryStream("""[{"name":"Nadia Okafor"}]"""u8.ToArray());
        IEnumerable<LeadRow> rows = [new(Guid.NewGuid(), "Nadia Okafor", "Example Robotics")];

        BulkFile sent = BulkFile.FromStream(upload, "leads.json");                             // the name tells the type
        BulkFile made = BulkFile.FromRows(rows.Select(row => new { row.Name, row.Company }));    // IAsyncEnumerable, too

        (await sixtyfour.Bulk.EstimatePeopleAsync(sent, cancellationToken: ct)).Rows.Should().Be(1);
        (await sixtyfour.Bulk.EstimatePeopleAsync(made, cancellationToken: ct)).Rows.Should().Be(1);
    }

    [Fact]
    public async Task Fields_need_no_type_and_a_wait_tells_its_stages()
    {
        await using var emulator = await StartAsync();
        using var sixtyfour = emulator.CreateClient();
        var ct = TestContext.Current.CancellationToken;
        var file = BulkFile.FromStream(new MemoryStream("name\nNadia Okafor\n"u8.ToArray()), "leads.csv");
        var told = new Seen();

        var job = await sixtyfour.Bulk.SubmitPeopleAsync(file, new EnrichmentStruct
        {
            ["title"] = "Current job title",
            ["skills"] = StructField.ListOf(FieldType.Str, "Skills named in public profiles"),
        }, cancellationToken: ct);

        using var result = await job.WaitAsync(new() { Progress = told }, ct);    // told: your IProgress<JobSnapshot>

        await foreach (var row in result.ReadRowsAsync(ct))
        {
            Console.WriteLine($"{row["title"].AsString()}: {string.Join(", ", row["skills"].AsStrings() ?? [])}");
        }

        told.Stages.Should().Contain(stage => stage.Name == "lead_enrichment" && stage.Total == 1);
    }

    [Fact]
    public async Task A_run_is_continued_from_its_journal()
    {
        await using var emulator = await StartAsync();
        using var sixtyfour = emulator.CreateClient();
        var ct = TestContext.Current.CancellationToken;
        var (path, journalPath, outputPath, told) = (InputPath, JournalPath, OutputPath, new Seen());
        await File.WriteAllTextAsync(path, Leads, ct);

        for (var execution = 0; execution < 2; execution++)
        {
            using BulkResult all = await sixtyfour.Bulk.RunPeopleAsync<Founder>(
                BulkFile.FromPath(path), BulkJournal.AtPath(journalPath),                        // killed? run it again: it continues
                new() { Each = { Tier = Tier.Low }, MaxCostCents = 500_000, Progress = told }, ct);    // told: your IProgress<BulkProgress>
            await all.SaveAsync(outputPath, ct);
        }

        emulator.ChargedCents.Should().Be(20);
        told.Files.Should().Be(1);
        await ChangedAsync(sixtyfour.Bulk, ct);
    }

    private async Task ChangedAsync(IBulkClient bulk, CancellationToken ct)
    {
        var ended = "";
        var outputPath = OutputPath;
        var (file, journal) = (BulkFile.FromStream(new MemoryStream("name\nPerson 003 Example\n"u8.ToArray()), "leads.csv"), BulkJournal.AtPath(JournalPath));
        void Tell(string what) => ended = what;

        try { using var all = await bulk.RunPeopleAsync<Founder>(file, journal, cancellationToken: ct); }
        catch (BulkInputChangedException e) { Tell(e.Message); } // other rows, fields or tier than the journal's: nothing was sent
        catch (CostLimitException e) { Tell($"needs {e.NeededCents} cents"); }               // the rest is not sent; a higher ceiling continues
        catch (InsufficientCreditsException) { Tell("top up, then run again"); }                     // what was taken goes on
        catch (BulkRunIncompleteException e) { await e.Completed.SaveAsync(outputPath, ct); }           // files without a result; the others are done and saved
        catch (OutcomeUnknownException e) { Tell($"look before you pay: {e.IdempotencyKey}"); }   // run again while the key lives

        ended.Should().StartWith("The journal belongs to another run");
    }

    [Fact]
    public async Task A_lost_answer_to_a_submission_is_mended_by_its_key()
    {
        await using var emulator = await StartAsync();
        using var sixtyfour = emulator.CreateClient(o => o.Retry.MaxRetries = 0);
        var ct = TestContext.Current.CancellationToken;
        var file = BulkFile.FromStream(new MemoryStream("name\nNadia Okafor\n"u8.ToArray()), "leads.csv");
        emulator.Inject(Fault.LosesTheAnswer(), "/bulk-intelligence/people");

        BulkJob job;
        try
        {
            job = await sixtyfour.Bulk.SubmitPeopleAsync<Founder>(file, cancellationToken: ct);
        }
        catch (OutcomeUnknownException e)    // the key was made for this call, and only the exception knows it
        {
            job = await sixtyfour.Bulk.SubmitPeopleAsync<Founder>(file, new() { IdempotencyKey = e.IdempotencyKey }, ct);
        }

        job.AlreadyStarted.Should().BeTrue();
        emulator.ChargedCents.Should().Be(10);
    }

    [Fact]
    public async Task A_run_is_tested_without_a_bill()
    {
        var (ct, journalPath) = (TestContext.Current.CancellationToken, JournalPath);
        var fields = new EnrichmentStruct { ["title"] = "Current job title" };
        string[] names = ["Nadia Okafor", "Person 002 Example"];

        await using var emulator = await SixtyfourEmulator.StartAsync(o =>
        {
            o.TimeScale = 600;
            o.PassThroughShare = 0;                                       // every row is enriched
        }, ct);
        emulator.Answer("/bulk-intelligence/people", row => new() { ["title"] = $"Chief of staff of {row["name"]}" });
        emulator.Inject(Fault.LosesTheAnswer(), "/bulk-intelligence/people");    // taken, charged, and the answer lost
        using var sixtyfour = emulator.CreateClient();

        using var all = await sixtyfour.Bulk.RunPeopleAsync(
            BulkFile.FromRows(names.Select(name => new { Name = name })), BulkJournal.AtPath(journalPath), fields, cancellationToken: ct);

        Assert.Equal(20, emulator.ChargedCents);                          // once, although it was sent twice
        var titles = new List<string?>();
        await foreach (var row in all.ReadRowsAsync(ct))
        {
            titles.Add(row["title"].AsString());
        }

        titles.Should().Equal("Chief of staff of Nadia Okafor", "Chief of staff of Person 002 Example");
    }

    [Fact]
    public async Task Lost_uploads_answers_and_downloads_cost_nothing_but_time()
    {
        var ct = TestContext.Current.CancellationToken;
        var rows = Enumerable.Range(1, 200).Select(number => new { Name = $"Person {number:000} Example" });

        await using var emulator = await SixtyfourEmulator.StartAsync(o =>
        {
            o.TimeScale = 600;
            o.PassThroughShare = 0.1; // a tenth of the rows comes back as it was
        }, ct);
        emulator.Answer("/bulk-intelligence/people", row => new() { ["title"] = $"Chief of staff of {row["name"]}" });    // row by row
        emulator.Inject(Fault.ResetsTheUpload(afterBytes: 100), "/bulk-intelligence/*");                                   // not taken
        emulator.Inject(Fault.LosesTheAnswer(), "/bulk-intelligence/*");                                                   // taken, and the answer lost
        emulator.Inject(Fault.TruncatesTheBody(keepBytes: 500), "/bulk-files/*");                                          // a download breaks off

        using var sixtyfour = emulator.CreateClient();
        var job = await sixtyfour.Bulk.SubmitPeopleAsync(
            BulkFile.FromRows(rows), new EnrichmentStruct { ["title"] = "Current job title" }, cancellationToken: ct);
        using var result = await job.WaitAsync(ct);
        var found = new List<ResultRow>();
        await foreach (var row in result.ReadRowsAsync(ct))
        {
            found.Add(row);
        }

        found.Select(row => row.Index).Should().Equal(Enumerable.Range(0, 200).Select(index => (long)index));
        found.Count(row => row.IsEnriched).Should().BeInRange(150, 195);
        found.First(row => row.IsEnriched)["title"].AsString().Should().StartWith("Chief of staff of Person ");
        emulator.ChargedCents.Should().Be(2000);
        emulator.FaultsLeft.Should().Be(0);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<SixtyfourEmulator> StartAsync() => SixtyfourEmulator.StartAsync(o => o.TimeScale = 600, TestContext.Current.CancellationToken);

    private static string Guide(string name) => File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", name));

    private static IEnumerable<string> CSharpIn(string markdown) =>
        markdown.Split("```").Where(part => part.StartsWith("csharp\n", StringComparison.Ordinal)).Select(part => part["csharp\n".Length..]);

    // Runs of blanks are one: the pages line up what the formatter does not.
    private static string Squeezed(string code) =>
        string.Join('\n', code.Split('\n')
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0));

    private static string ThisFile([CallerFilePath] string file = "") => file;

    // What the guide prints belongs to the test that runs it.
    private static class Console
    {
        public static void WriteLine(object text) => TestContext.Current.TestOutputHelper!.WriteLine($"{text}");
    }

    private sealed class Seen : IProgress<JobSnapshot>, IProgress<BulkProgress>
    {
        public IReadOnlyList<JobStage> Stages { get; private set; } = [];

        public int Files { get; private set; }

        public void Report(JobSnapshot value) => Stages = value.Stages.Count > 0 ? value.Stages : Stages;

        public void Report(BulkProgress value) => Files = value.FilesDone;
    }

    private sealed class JobStore
    {
        public List<string> JobIds { get; } = [];

        public Task SaveJobIdAsync(string jobId)
        {
            JobIds.Add(jobId);
            return Task.CompletedTask;
        }
    }
}
