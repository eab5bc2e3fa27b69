using System.Globalization;
using Sixtyfour.FaultCampaign;
using Sixtyfour.FaultCampaign.Proxy;

// --seed N --calls N: a campaign. --seed N --case N: one case of it, told in full.
int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

var seed = Option("--seed", 7);
await using var service = await Service.StartAsync(seed);
var campaign = new Campaign(seed, service, Console.Out);
var begun = TimeProvider.System.GetTimestamp();
if (Option("--case", 0) is > 0 and var number)
{
    await campaign.RunCaseAsync(number, Console.Out);
}
else
{
    await campaign.RunAsync(Option("--calls", 2_000));
}

return new Report(seed, campaign, service).Print(Console.Out, TimeProvider.System.GetElapsedTime(begun)) ? 0 : 1;
