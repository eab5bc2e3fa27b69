using System.Runtime.Versioning;

namespace Sixtyfour.Tests.Surface;

public sealed class PublicApiTests
{
    private const string Accept = "SIXTYFOUR_ACCEPT_API";

    /// <summary>A change of the public surface must be meant: it shows up here, and in the review of the approved file.</summary>
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var target = typeof(SixtyfourClient).Assembly.GetCustomAttributes(typeof(TargetFrameworkAttribute), false).Cast<TargetFrameworkAttribute>().Single().FrameworkName;
        Assert.SkipUnless(target.EndsWith("v10.0", StringComparison.Ordinal), "The approved file is that of net10.0; package validation compares the other targets with it.");
        var approvedFile = Path.Combine(SurfaceFolder(), "PublicApi.net10.0.txt");
        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile).ReplaceLineEndings("\n") : "";
        var received = PublicApi.Of(typeof(SixtyfourClient).Assembly);

        if (Environment.GetEnvironmentVariable(Accept) is "1")
        {
            File.WriteAllText(approvedFile, received);
            return;
        }

        Difference(approved, received).Should().BeEmpty(
            "the public surface may only change on purpose; if this change is meant, run this test once with {0}=1 and commit {1}", Accept, "PublicApi.net10.0.txt");
    }

    private static string Difference(string approved, string received)
    {
        var (before, after) = (InContext(approved), InContext(received));
        return string.Join("\n", before.Except(after).Select(line => $"- {line}").Concat(after.Except(before).Select(line => $"+ {line}")));
    }

    // Each member together with its type, since many types have members of the same name.
    private static List<string> InContext(string api)
    {
        var type = "";
        return [.. api.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.StartsWith(' ') ? $"{type}: {line.Trim()}" : type = line)];
    }

    private static string SurfaceFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "tests", "Sixtyfour.Tests", "Surface")))
            {
                return Path.Combine(folder.FullName, "tests", "Sixtyfour.Tests", "Surface");
            }
        }

        throw new DirectoryNotFoundException($"No tests/Sixtyfour.Tests/Surface above {AppContext.BaseDirectory}.");
    }
}
