using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Sixtyfour.Tests.Architecture;

/// <summary>
/// <c>docs/architecture.md</c> and its drawing say what the code is. After a change that is meant, run these tests once with
/// <c>SIXTYFOUR_DRAW_ARCHITECTURE=1</c>: they then write the drawing into the source folder.
/// </summary>
public sealed partial class ArchitecturePageTests
{
    private const string Draw = "SIXTYFOUR_DRAW_ARCHITECTURE";

    private static readonly string Repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    private static string Page => File.ReadAllText(Path.Combine(Repository, "docs", "architecture.md"));

    [Fact]
    public void The_drawing_shows_the_rooms_and_arrows_of_the_code()
    {
        using var library = RoomTests.Library;
        var drawing = RoomDrawing.Draw(RoomTests.Order, library.Arrows());
        var path = Path.Combine(Repository, "docs", "architecture.svg");
        if (Environment.GetEnvironmentVariable(Draw) is "1")
        {
            File.WriteAllText(path, drawing);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").Should().Be(drawing, "{0}=1 draws it anew", Draw);
    }

    [Fact]
    public void The_page_has_a_row_for_each_room_in_its_order()
    {
        var rows = Row().Matches(Page).Select(row => row.Groups["room"].Value);

        rows.Should().Equal(RoomTests.Order.Rooms);
    }

    [Fact]
    public void Every_file_that_the_page_names_exists()
    {
        var paths = CodePath().Matches(Page)
            .Select(path => path.Groups["path"].Value).Concat(Link().Matches(Page).Select(link => Path.Combine("docs", link.Groups["path"].Value))).ToList();

        paths.Should().HaveCountGreaterThan(30);
        paths.Where(path => !Path.Exists(Path.Combine(Repository, path)) && !Path.Exists(Path.Combine(Repository, "src", "Sixtyfour", path)))
            .Should().BeEmpty();
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;

    [GeneratedRegex(@"^\| \*\*(?<room>[^*]+)\*\* \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    /// <summary>Code that has a slash in it or ends like a source file.</summary>
    [GeneratedRegex(@"`(?<path>[\w.-]+(/[\w.-]+)+/?|[\w.]+\.cs)`", RegexOptions.ExplicitCapture)]
    private static partial Regex CodePath();

    [GeneratedRegex(@"\]\((?<path>[^)#:]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
