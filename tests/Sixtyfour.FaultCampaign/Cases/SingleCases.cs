using Sixtyfour.FaultCampaign.Books;
using Sixtyfour.FaultCampaign.Sdk;

namespace Sixtyfour.FaultCampaign.Cases;

/// <summary>One person or company: a synchronous call, or a job and the wait for it.</summary>
internal static class SingleCases
{
    /// <summary>Calls, one after the other over one client, so that its connections are used again.</summary>
    public static async Task CallsAsync(Case user)
    {
        var (feature, typed, isRaw, ending) = (user.DrawFeature(), user.Dice.Next(2) is 0, user.Dice.Next(8) is 0, user.Dice.Next(10));
        var (count, after) = (1 + user.Dice.Next(3), TimeSpan.FromMilliseconds(user.Dice.Next(1, 60)));
        user.Operation = (isRaw ? "raw call" : "call") + ending switch { 0 => ", canceled", 1 => ", client disposed", _ => "" };
        var client = user.NewClient();
        using var cancel = new CancellationTokenSource();
        var calls = Task.Run(async () =>
        {
            for (var i = 0; i < count; i++)
            {
                await CallAsync(user, client.Calls, feature, isRaw, typed, user.Token(i), cancel.Token);
            }
        });
        if (ending is 0 or 1)
        {
            await Task.WhenAny(calls, Task.Delay(after));
            await (ending is 0 ? cancel.CancelAsync() : client.DisposeAsync().AsTask());
        }

        await calls;
    }

    private static async Task CallAsync(Case user, SdkCalls calls, Feature feature, bool isRaw, bool typed, string token, CancellationToken ct)
    {
        var title = await user.TellAsync(
            token, async () => new Box(isRaw ? await calls.RawCallAsync(token, ct) : await calls.CallAsync(feature, token, typed, ct)));
        if (title is { Value: null } && isRaw)
        {
            user.Books.Told(new(token, SaidKind.Doubt, null, "a raw answer of another form"));
        }
        else if (title is not null)
        {
            user.NoteResult(token, null, title.Value, "call");
        }
    }

    /// <summary>Jobs, each started and waited for; a user who is left with an id comes back for it.</summary>
    public static async Task JobsAsync(Case user)
    {
        var (feature, typed, ending) = (user.DrawFeature(), user.Dice.Next(2) is 0, user.Dice.Next(10));
        var (count, after) = (1 + user.Dice.Next(3), TimeSpan.FromMilliseconds(user.Dice.Next(1, 40)));
        user.Operation = "job" + ending switch { 0 => ", canceled", 1 => ", client disposed", _ => "" };
        var client = user.NewClient();
        using var cancel = new CancellationTokenSource();
        var jobs = Task.Run(async () =>
        {
            for (var i = 0; i < count; i++)
            {
                await JobAsync(user, client.Calls, feature, typed, user.Token(i), cancel.Token);
            }
        });
        if (ending is 0 or 1)
        {
            await Task.WhenAny(jobs, Task.Delay(after));
            await (ending is 0 ? cancel.CancelAsync() : client.DisposeAsync().AsTask());
        }

        await jobs;
    }

    private static async Task JobAsync(Case user, SdkCalls calls, Feature feature, bool typed, string token, CancellationToken ct)
    {
        var jobId = await user.TellAsync(token, () => calls.StartAsync(feature, token, typed, ct));
        if (jobId is not null)
        {
            user.Books.Told(new(token, SaidKind.Id, jobId, "handle"));
            await user.TellAsync(token, async () =>
            {
                await calls.GetStatusAsync(jobId, ct);
                return jobId;
            });
        }

        jobId ??= user.Books.Said.FirstOrDefault(said => said.Token == token && said.JobId is not null)?.JobId;
        for (var tries = 0; tries < 5 && jobId is not null; tries++)
        {
            var title = await user.TellAsync(token, async () => new Box(await calls.WaitAsync(feature, jobId, Case.Patience, ct)));
            if (title is not null)
            {
                user.NoteResult(token, jobId, title.Value, "job");
                return;
            }
        }
    }

    private sealed record Box(string? Value);
}
