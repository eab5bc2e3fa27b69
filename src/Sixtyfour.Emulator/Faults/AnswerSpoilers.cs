using Microsoft.AspNetCore.Http;
using Sixtyfour.Emulator.Clocks;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Faults;

/// <summary>Sends an answer wrongly.</summary>
internal delegate Task AnswerSpoiler(HttpContext context, Reply reply, Traffic traffic, CancellationToken cancellationToken);

/// <summary>The ways an answer can be spoiled after the work behind it was done.</summary>
internal static class AnswerSpoilers
{
    public static Task Lose(HttpContext context, Reply reply, Traffic traffic, CancellationToken cancellationToken)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    public static AnswerSpoiler Truncate(int keepBytes) => (context, reply, _, cancellationToken) =>
        ReplyWriter.WritePartAsync(context, reply, keepBytes, withLength: true, cancellationToken);

    public static Task LeaveOutTheLength(HttpContext context, Reply reply, Traffic traffic, CancellationToken cancellationToken) =>
        ReplyWriter.WritePartAsync(context, reply, reply.Body.Length, withLength: false, cancellationToken);

    public static AnswerSpoiler Drip(TimeSpan perByte) => async (context, reply, traffic, cancellationToken) =>
    {
        ReplyWriter.Begin(context.Response, reply);
        await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < reply.Body.Length; i++)
        {
            await traffic.WaitAsync(perByte, cancellationToken).ConfigureAwait(false);
            await context.Response.Body.WriteAsync(reply.Body.Slice(i, 1), cancellationToken).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    };

    public static AnswerSpoiler Delay(TimeSpan wait) => async (context, reply, traffic, cancellationToken) =>
    {
        await traffic.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
        await ReplyWriter.WriteAsync(context, reply, cancellationToken).ConfigureAwait(false);
    };

    public static Task Garble(HttpContext context, Reply reply, Traffic traffic, CancellationToken cancellationToken) =>
        ReplyWriter.WriteAsync(context, reply with { Body = reply.Body[..(reply.Body.Length / 2)] }, cancellationToken);

    public static Task Empty(HttpContext context, Reply reply, Traffic traffic, CancellationToken cancellationToken) =>
        ReplyWriter.WriteAsync(context, reply with { Body = default }, cancellationToken);
}
