using Sixtyfour;
using Spectre.Console;

namespace BulkCsv;

/// <summary>A bar on a console, lines where the output goes to a file.</summary>
internal static class Live
{
    public static Task<T> CountAsync<T>(this IAnsiConsole screen, Func<IProgress<BulkProgress>, Task<T>> work) =>
        screen.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? screen.Progress()
                .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(progress =>
                {
                    // Until the service says how far it is there is nothing to measure.
                    var bar = progress.AddTask("sending").IsIndeterminate();
                    return work(new Told(news =>
                    {
                        bar.Description = Markup.Escape(Line(news));
                        bar.IsIndeterminate(news.RowsDone is 0).MaxValue(news.Rows).Value(news.RowsDone);
                    }));
                })
            : work(new Told(news => screen.WriteLine($"  {Line(news)}")));

    private static string Line(BulkProgress news) =>
        $"{Words.Files(news.FilesSubmitted)} at the service{Estimated(news)}, {Words.Number(news.RowsDone)} of {Words.Rows(news.Rows)} done";

    private static string Estimated(BulkProgress news) => news.EstimatedCostCents is { } cents ? $", which estimates {Words.Dollars(cents)}" : "";

    // Not Progress<T>: in a program without a synchronization context that one reports later and out of order.
    private sealed class Told(Action<BulkProgress> tell) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => tell(value);
    }
}
