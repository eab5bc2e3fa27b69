// Starts jobs and is told by webhook when they end. Runs as it stands:  dotnet run --project samples/WebhookReceiver
// Then open http://127.0.0.1:5064. Without SIXTYFOUR_API_KEY an emulator in this process plays the service. With it, set Sixtyfour__WebhookUrl to an https
// address that leads here, and Sixtyfour__WebhookSecrets__0 to the organization's signing secret; jobs then cost money, start at the press of the button only,
// and the page opens only under the address that the console shows.
using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sixtyfour;
using Sixtyfour.Emulator;
using WebhookReceiver;

const string WebhookPath = "/webhooks/sixtyfour";

var builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
if (string.IsNullOrEmpty(builder.Configuration["urls"]))
{
    builder.WebHost.UseUrls("http://127.0.0.1:5064");
}

var section = builder.Configuration.GetSection("Sixtyfour");
var hasKey = !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("SIXTYFOUR_API_KEY") ?? section["ApiKey"]);
await using var emulator = hasKey ? null : await Playground.StartAsync();
var door = hasKey ? new Door() : null;

builder.Services.AddSixtyfour(section);
builder.Services.AddSixtyfourWebhooks(section);
if (emulator is not null)
{
    var secret = emulator.RollWebhookSecret(TimeSpan.Zero);
    builder.Services.AddSixtyfour(emulator.Configure);
    builder.Services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(secret));
}

builder.Services.AddHealthChecks().AddSixtyfour();
builder.Services.AddSingleton<Board>();
builder.Services.AddSingleton<Questions>();

var app = builder.Build();
app.MapSixtyfourWebhook<BoardHandler>(WebhookPath);
app.MapHealthChecks("/health");
var page = app.MapGroup("");
if (door is not null)
{
    page.AddEndpointFilter(door.PassAsync);
}

page.MapGet("/", () => PageFile.Of("index.html", "text/html; charset=utf-8"));
page.MapGet("/icon.svg", () => PageFile.Of("icon.svg", "image/svg+xml"));
page.MapGet("/page.css", () => PageFile.Of("page.css", "text/css; charset=utf-8"));
page.MapGet("/page.js", () => PageFile.Of("page.js", "text/javascript; charset=utf-8"));
page.MapGet("/account", () => new { costsMoney = hasKey });
page.MapGet("/events", (Board board, CancellationToken cancellationToken) => TypedResults.ServerSentEvents(board.ReadAllAsync(cancellationToken)));
page.MapPost("/start", async (HttpRequest request, Questions questions, CancellationToken cancellationToken) =>
{
    // Only our own page can send this header: for a page of another origin the browser asks first, and is refused.
    if (request.Headers["X-Requested-With"] != "page")
    {
        return Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    if (hasKey && WebhookUrl().Scheme != Uri.UriSchemeHttps)
    {
        return Results.Text(
            "Set Sixtyfour__WebhookUrl to an https address that leads here: the service delivers to no other.", statusCode: StatusCodes.Status409Conflict);
    }

    try
    {
        await questions.AskNextAsync(WebhookUrl(), cancellationToken);
        return Results.NoContent();
    }
    catch (SixtyfourException e)
    {
        // Says whether the job may run and cost all the same.
        return Results.Text(e.Message, statusCode: StatusCodes.Status502BadGateway);
    }
});

await app.StartAsync();
Console.WriteLine($"Listening on {Here()}. Webhooks arrive at {WebhookUrl()}.");
Console.WriteLine($"Open {Here()}{door?.Query} in a browser.");
if (emulator is not null)
{
    await app.Services.GetRequiredService<Questions>().AskAllAsync(WebhookUrl(), app.Lifetime.ApplicationStopping);
}

await app.WaitForShutdownAsync();

Uri Here() => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

Uri WebhookUrl() => section["WebhookUrl"] is { Length: > 0 } configured ? new(configured) : new(Here(), WebhookPath);
