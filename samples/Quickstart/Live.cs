using Spectre.Console;

namespace Quickstart;

/// <summary>
/// A spinner and a bar on a console, and nothing where the output goes to a file: there a live display has no place, and Spectre's own stand-in for
/// one can block when lines are written beside it.
/// </summary>
internal static class Live
{
    public static Task<T> SpinAsync<T>(this IAnsiConsole screen, string text, Func<Action<string>, Task<T>> work) =>
        IsWatched(screen)
            ? screen.Status().StartAsync(text, status => work(news => status.Status(Markup.Escape(news))))
            : work(_ => { });

    public static Task CountAsync(this IAnsiConsole screen, string text, int total, Func<Action, Task> work) =>
        IsWatched(screen)
            ? screen.Progress().StartAsync(progress =>
            {
                var bar = progress.AddTask(text, maxValue: total);
                return work(() => bar.Increment(1));
            })
            : work(() => { });

    private static bool IsWatched(IAnsiConsole screen) => screen.Profile.Capabilities is { Interactive: true, Ansi: true };
}
