using System.Runtime.CompilerServices;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Traces;

/// <summary>
/// Requests as sent and outcomes as told, held against approved recordings: <c>Approved/*.trace.txt</c> has what went over the wire and what came of it,
/// <c>Approved/*.messages.txt</c> has the wording of exceptions, so that a change of words is not mistaken for one of behavior.
/// </summary>
/// <remarks>
/// A difference that is meant is approved by running these tests once with <c>SIXTYFOUR_APPROVE_TRACES=1</c>; the recordings are written into the source
/// folder, and the commit shows what changed. Keys are masked; ports, versions, generated keys and boundaries are replaced.
/// </remarks>
public sealed class TraceTests
{
    private const string Approve = "SIXTYFOUR_APPROVE_TRACES";

    public static TheoryData<string> Chapters => [.. Scenes.Chapters.Keys];

    [Theory]
    [MemberData(nameof(Chapters))]
    public async Task What_is_sent_and_told_is_as_recorded(string chapter)
    {
        // Waits pass in a thousandth of their time; limits stay what they are.
        await using var clock = await SixtyfourEmulator.StartAsync(options => options.TimeScale = 1_000, Api.Token);
        var traces = new List<Trace>();
        foreach (var scene in Scenes.Chapters[chapter])
        {
            traces.Add(await Trace.RecordAsync(scene, clock.Configure, Api.Token));
        }

        using (new FluentAssertions.Execution.AssertionScope())
        {
            Compare($"{chapter}.trace.txt", string.Concat(traces.Select(trace => trace.Behavior)));
            Compare($"{chapter}.messages.txt", string.Concat(
                traces.Where(trace => trace.Messages.Contains(':', StringComparison.Ordinal)).Select(trace => trace.Messages)));
        }
    }

    private static void Compare(string file, string recorded)
    {
        var path = Path.Combine(Folder(), file);
        if (Environment.GetEnvironmentVariable(Approve) is "1")
        {
            File.WriteAllText(path, recorded);
        }

        // Line by line, since the whole of it would bury the difference.
        var approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n') : [];
        var now = recorded.Split('\n');
        var at = Enumerable.Range(0, Math.Max(approved.Length, now.Length))
            .FirstOrDefault(i => approved.ElementAtOrDefault(i) != now.ElementAtOrDefault(i), -1);
        at.Should().Be(
            -1,
            "{0} differs in line {1}, below '{2}': it was '{3}' and is '{4}' ({5}=1 approves it)",
            file, at + 1, now.Take(at + 1).LastOrDefault(line => line.StartsWith("## ", StringComparison.Ordinal)),
            approved.ElementAtOrDefault(at), now.ElementAtOrDefault(at), Approve);
    }

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Approved");
}
