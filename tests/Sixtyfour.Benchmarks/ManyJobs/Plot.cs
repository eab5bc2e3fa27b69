using System.Globalization;
using System.Text;

namespace Sixtyfour.Benchmarks.ManyJobs;

/// <summary>Results seen by time: one panel for each number of jobs, alone on the key, sliding window.</summary>
internal static class Plot
{
    private const int Width = 420;
    private const int Height = 240;
    private const int Margin = 56;
    private const int Points = 120;

    private static readonly Dictionary<string, (string Colour, string Dash)> Styles = new()
    {
        ["oracle"] = ("#888888", "4 3"),
        ["sdk"] = ("#0b6bcb", ""),
        ["documented, endless"] = ("#c2410c", ""),
        ["documented"] = ("#c2410c", "2 3"),
    };

    public static string Draw(IReadOnlyList<CaseResult> results)
    {
        var panels = results
            .Where(r => r.Case is { Jobs: > 1, Window: Window.Sliding, OtherPerMinute: 0 } && r.Case.RunTimes.Median == results[0].Case.RunTimes.Median)
            .GroupBy(r => r.Case.Jobs).OrderBy(g => g.Key).ToList();
        var svg = new StringBuilder();
        var (width, height) = ((panels.Count * (Width + Margin)) + Margin, Height + (2 * Margin));
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="12" fill="#444">""");
        Line(svg, $"""<rect width="100%" height="100%" fill="white"/>""");
        for (var i = 0; i < panels.Count; i++)
        {
            DrawPanel(svg, [.. panels[i]], Margin + (i * (Width + Margin)));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawPanel(StringBuilder svg, List<CaseResult> results, int left)
    {
        var jobs = results[0].Case.Jobs;
        var longest = results.Max(r => r.SeenAt.Count > 0 ? r.SeenAt[^1] : 0);
        Line(svg, $"""<text x="{left}" y="{Margin - 34}" font-weight="bold">{jobs:N0} jobs: results seen by time</text>""");
        Line(svg, $"""<path d="M{left},{Margin} V{Margin + Height} H{left + Width}" fill="none" stroke="#444"/>""");
        for (var tick = 0; tick <= 4; tick++)
        {
            Line(svg, $"""<text x="{left + (Width * tick / 4)}" y="{Margin + Height + 16}" text-anchor="middle">{longest * tick / 240:0} min</text>""");
            Line(svg, $"""<text x="{left - 6}" y="{Margin + Height - (Height * tick / 4) + 4}" text-anchor="end">{25 * tick}%</text>""");
        }

        for (var i = 0; i < results.Count; i++)
        {
            var (colour, dash) = Styles[results[i].Policy];
            Line(svg, $"""<path d="{Path(results[i], left, longest)}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>""");
            Line(svg, $"""<path d="M{left + (i * 108)},{Margin - 18} h18" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>""");
            Line(svg, $"""<text x="{left + 22 + (i * 108)}" y="{Margin - 14}" font-size="10">{results[i].Policy}</text>""");
        }
    }

    private static string Path(CaseResult result, int left, double longest)
    {
        var path = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M{left},{Margin + Height}"));
        for (var i = 1; i <= Points && result.SeenAt.Count > 0; i++)
        {
            var at = (result.SeenAt.Count * i / Points) - 1;
            if (at >= 0)
            {
                var (x, y) = (left + (Width * result.SeenAt[at] / longest), Margin + Height - (Height * (at + 1.0) / result.Case.Jobs));
                path.Append(CultureInfo.InvariantCulture, $" L{x:0.0},{y:0.0}");
            }
        }

        return path.ToString();
    }

    private static void Line(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
