using Sixtyfour.Benchmarks;
using Sixtyfour.Benchmarks.ManyJobs;

var arguments = new Arguments(args);
return args.FirstOrDefault() switch
{
    "many-jobs" => ManyJobsCommand.Run(arguments),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        many-jobs       batches in virtual time, beside the documented pattern and an oracle
                        [--json] [--svg FILE] [--seed N] [--median S --p95 S] [--shape lognormal|bimodal|failingtail] [--jobs N] [--sdk-only] [--no-headers]
        """);
    return 2;
}
