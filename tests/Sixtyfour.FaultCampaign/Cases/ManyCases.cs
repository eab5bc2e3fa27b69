using System.Collections.Concurrent;
using Sixtyfour.FaultCampaign.Books;
using Sixtyfour.FaultCampaign.Proxy;
using Sixtyfour.FaultCampaign.Sdk;

namespace Sixtyfour.FaultCampaign.Cases;

/// <summary>Runs over many inputs: taken to the end, left early, canceled, killed and continued.</summary>
internal static class ManyCases
{
    public static async Task RunAsync(Case user)
    {
        var ending = user.Dice.Next(10) switch { < 4 => Ending.None, < 6 => Ending.Left, < 8 => Ending.Canceled, _ => Ending.Killed };
        var run = new Run(
            user, user.DrawFeature(), user.Tokens(3 + user.Dice.Next(20)), ending, HasCallback: user.Dice.Next(2) is 0 || ending is Ending.Killed,
            user.Dice.Next(4) is 0, MaxInFlight: 1 + user.Dice.Next(16), TakesUntil: 1 + user.Dice.Next(6), TimeSpan.FromMilliseconds(user.Dice.Next(1, 120)));
        var how = ending switch { Ending.Left => ", left", Ending.Canceled => ", canceled", Ending.Killed => ", killed", _ => "" };
        user.Operation = $"many{how}{(run.HasCallback ? "" : ", no OnStarted")}";
        if (ending is Ending.None or Ending.Left && user.Dice.Next(3) is 0)
        {
            user.Operation += ", ceiling";
            user.CeilingCents = Service.CentsPerRow * (2 + user.Dice.Next(10));
        }

        await run.LiveAsync();
        if (ending is Ending.Killed)
        {
            await run.ContinueAsync();
        }
    }

    private enum Ending
    {
        None,
        Left,
        Canceled,
        Killed,
    }

    private sealed record Run(
        Case User, Feature Feature,
        IReadOnlyList<string> Inputs, Ending Ending, bool HasCallback, bool KeepsOrder, int MaxInFlight, int TakesUntil, TimeSpan KilledAfter)
    {
        private readonly ConcurrentDictionary<string, string> _started = new();
        private readonly ConcurrentDictionary<string, byte> _starting = new();
        private readonly ConcurrentDictionary<string, byte> _done = new();

        public async Task LiveAsync()
        {
            var client = User.NewClient();
            var taking = Task.Run(() => TakeAsync(client, Inputs));
            if (Ending is not Ending.Killed)
            {
                await taking;
                return;
            }

            // The process is gone, so nobody waits for what it was doing.
            await Task.WhenAny(taking, Task.Delay(KilledAfter));
            User.Kill();
            foreach (var token in _starting.Keys.Where(token => !_started.ContainsKey(token)))
            {
                User.Books.Told(new(token, SaidKind.Doubt, null, "OnStarting"));
            }
        }

        /// <summary>The next process: resumes what it has ids of, leaves alone what was being started, starts the rest.</summary>
        public Task ContinueAsync() =>
            TakeAsync(User.NewClient(), [
                .. Inputs.Where(token => !_done.ContainsKey(token) && (_started.ContainsKey(token) || !_starting.ContainsKey(token)))]);

        private async Task TakeAsync(Client client, IReadOnlyList<string> tokens)
        {
            using var cancel = new CancellationTokenSource();
            var settings = new ManySettings(
                MaxInFlight, token => _started.GetValueOrDefault(token),
                token => _starting[token] = 0, HasCallback ? OnStarted : null, KeepsOrder, User.CeilingCents);
            try
            {
                var taken = 0;
                await foreach (var outcome in client.Calls.Many(Feature, tokens, settings, cancel.Token))
                {
                    _done[outcome.Token] = 0;
                    Note(outcome);
                    if (++taken == TakesUntil && Ending is Ending.Left)
                    {
                        break;
                    }

                    if (taken == TakesUntil && Ending is Ending.Canceled)
                    {
                        await cancel.CancelAsync();
                    }
                }
            }
            catch (Exception failure)
            {
                User.Note(null, failure);
            }
        }

        private void OnStarted(string token, string jobId)
        {
            _started[token] = jobId;
            User.Books.Told(new(token, SaidKind.Id, jobId, "OnStarted"));
        }

        private void Note(RunOutcome outcome)
        {
            if (outcome.Error is { } error)
            {
                User.Note(outcome.Token, error);
                if (outcome.JobId is { } jobId)
                {
                    User.Books.Told(new(outcome.Token, SaidKind.Id, jobId, "outcome"));
                }
            }
            else
            {
                User.NoteResult(outcome.Token, outcome.JobId, outcome.Title, "outcome");
            }
        }
    }
}
