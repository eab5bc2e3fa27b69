using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Many;

namespace Sixtyfour.Research;

internal sealed partial class ResearchEndpoint
{
    public IAsyncEnumerable<Outcome<TInput, TResult>> RunMany<TInput, TResult>(
        IAsyncEnumerable<TInput> inputs, EnrichManyOptions<TInput>? options, ResearchStarts<TInput> starts, ReadResearch<TResult> read, CancellationToken cancellationToken)
        where TResult : Enrichment
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var settings = ManySettings<TInput>.Read(options);
        RequestMessage.Check(starts.Options);
        var work = new ManyWork<TInput, TResult>
        {
            Route = StartRoute,
            Kind = starts.Kind,
            DocumentedCents = starts.DocumentedCents,
            Write = input => starts.Write(input, starts.Options?.WebhookUrl ?? webhookUrl),
            StartAsync = (body, permit, token) => JobStarts.SendAsync(transport, StartRoute, body, starts.Options, token, permit),
            Read = end => Read(end, read),
        };
        return new SingleUse<Outcome<TInput, TResult>>(token => new ManyRun<TInput, TResult>(work, settings, poller).RunAsync(inputs, token), cancellationToken);
    }
}
