using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Usage;

public sealed class Scenario02_AspNetCore
{
    [Fact]
    public async Task A_job_started_in_a_request_is_finished_by_a_worker()
    {
        await using var emulator = await StartEmulatorAsync();
        await using var app = await StartAppAsync(emulator);
        var store = app.Services.GetRequiredService<LeadStore>();
        var id = store.Add("Nadia Okafor", "Example Robotics");
        using var browser = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        using var response = await browser.PostAsync($"/leads/{id}/research", null, TestContext.Current.CancellationToken);

        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await store.NextNoteAsync(id, TestContext.Current.CancellationToken)).Should().Be("found VP Engineering");
        emulator.Jobs.Should().ContainSingle().Which.Id.Should().Be((await store.GetAsync(id, TestContext.Current.CancellationToken)).JobId);
    }

    [Fact]
    public async Task The_id_is_stored_also_when_the_browser_leaves_while_the_job_is_being_started()
    {
        await using var emulator = await StartEmulatorAsync();
        emulator.Inject(Fault.Delays(TimeSpan.FromMilliseconds(400)), "/enrich-lead-async");
        await using var app = await StartAppAsync(emulator);
        var store = app.Services.GetRequiredService<LeadStore>();
        var id = store.Add("Nadia Okafor", "Example Robotics");
        using var browser = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        using var leaving = new CancellationTokenSource();

        var request = browser.PostAsync($"/leads/{id}/research", null, leaving.Token);
        await Eventually.TrueAsync(() => emulator.Jobs.Count is 1);
        await leaving.CancelAsync();

        await FluentActions.Awaiting(() => request).Should().ThrowAsync<OperationCanceledException>();
        (await store.NextNoteAsync(id, TestContext.Current.CancellationToken)).Should().Be("found VP Engineering");
        emulator.Requests.Count(seen => seen.Method is "POST").Should().Be(1);
    }

    [Fact]
    public async Task A_job_that_fails_is_told_from_one_to_look_at_again()
    {
        await using var emulator = await StartEmulatorAsync();
        emulator.Inject(Fault.FailsTheJob("Nothing is known"), "/enrich-lead-async");
        await using var app = await StartAppAsync(emulator);
        var store = app.Services.GetRequiredService<LeadStore>();
        var id = store.Add("Nadia Okafor", "Example Robotics");
        using var browser = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        using var response = await browser.PostAsync($"/leads/{id}/research", null, TestContext.Current.CancellationToken);

        (await store.NextNoteAsync(id, TestContext.Current.CancellationToken)).Should().Contain("ended as 'failed': Nothing is known.");
    }

    [Fact]
    public async Task A_key_that_is_revoked_while_jobs_run_means_to_look_again_later()
    {
        await using var emulator = await StartEmulatorAsync();
        emulator.Inject(Fault.Status(HttpStatusCode.Unauthorized), "/job-status/*");
        await using var app = await StartAppAsync(emulator);
        var store = app.Services.GetRequiredService<LeadStore>();
        var id = store.Add("Nadia Okafor", "Example Robotics");
        using var browser = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        using var response = await browser.PostAsync($"/leads/{id}/research", null, TestContext.Current.CancellationToken);

        (await store.NextNoteAsync(id, TestContext.Current.CancellationToken)).Should().StartWith("later: ");
    }

    private static Task<SixtyfourEmulator> StartEmulatorAsync() =>
        SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);

    private static async Task<WebApplication> StartAppAsync(SixtyfourEmulator emulator)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sixtyfour:ApiKey"] = emulator.ApiKey,
            ["Sixtyfour:Endpoint"] = emulator.Endpoint.ToString(),
            ["Sixtyfour:Retry:MaxRetries"] = "2",
            ["Sixtyfour:RateLimit:RequestsPerMinute"] = "300",
        });
        builder.Services.AddSixtyfour(builder.Configuration.GetSection("Sixtyfour"));    // "ApiKey", "Retry:MaxRetries", "RateLimit:RequestsPerMinute" …
        builder.Services.AddSingleton<LeadStore>().AddHostedService<ResearchWorker>();
        var app = builder.Build();

        app.MapPost("/leads/{id:guid}/research", async (Guid id, ILeadsClient leads, LeadStore store, CancellationToken ct) =>
        {
            LeadRow row = await store.GetAsync(id, ct);
            var job = await leads.StartAsync<Founder>(new() { Name = row.Name, Company = row.Company }, cancellationToken: ct);
            await store.SaveJobIdAsync(id, job.Id, CancellationToken.None);              // the browser may be gone, but this id is paid for
            return Results.Accepted($"/leads/{id}");
        });

        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private sealed class ResearchWorker(ILeadsClient leads, LeadStore store) : BackgroundService
    {
        private static readonly ParallelOptions Wide = new() { MaxDegreeOfParallelism = 1_000 };    // waits are cheap: all polls share one schedule

        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            Parallel.ForEachAsync(store.WatchOpenJobsAsync(stoppingToken), Wide, async (row, ct) =>
            {
                try { await store.SaveAsync(row.Id, await leads.GetJob<Founder>(row.JobId!).WaitAsync(ct), ct); }
                catch (JobFailedException e) { await store.SaveFailureAsync(row.Id, e.Message, ct); }
                catch (SixtyfourException e) { await store.TryLaterAsync(row.Id, e.Message, ct); }       // the job may well go on: look again
            });
    }
}
