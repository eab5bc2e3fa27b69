using System.Net;
using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Http;

/// <summary>Everything that can take an answer away after the body of the request has begun to leave.</summary>
public sealed class LostAnswers : TheoryData<string>
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, Func<Fault>> Faults = new()
    {
        ["reset after the body"] = Fault.LosesTheAnswer,
        ["reset before the body was read"] = Fault.ResetsTheConnection,
        ["408"] = () => Fault.Status(HttpStatusCode.RequestTimeout),
        ["502"] = () => Fault.Status(HttpStatusCode.BadGateway),
        ["503 without a time"] = () => Fault.Status(HttpStatusCode.ServiceUnavailable),
        ["504"] = () => Fault.Status(HttpStatusCode.GatewayTimeout),
        ["520"] = () => Fault.Status((HttpStatusCode)520),
        ["attempt limit"] = () => Fault.Delays(Long),
        ["a 200 whose body breaks off"] = () => Fault.TruncatesTheBody(20),
        ["a 200 without a body byte"] = () => Fault.TruncatesTheBody(0),
        ["a 200 that drips beyond the limit"] = () => Fault.Drips(TimeSpan.FromSeconds(30)),
    };

    public LostAnswers()
    {
        foreach (var name in Faults.Keys)
        {
            Add(name);
        }
    }

    public static Fault Named(string name) => Faults[name]();

    /// <summary>Short where the loss is a limit that passes, so that the test need not wait.</summary>
    public static TimeSpan? AttemptTimeout(string name) => name.Contains("limit") ? TimeSpan.FromMilliseconds(250) : null;
}
