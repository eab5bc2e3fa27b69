using Sixtyfour.Benchmarks;
using Sixtyfour.Benchmarks.BulkMemory;
using Sixtyfour.Benchmarks.BulkRows;
using Sixtyfour.Benchmarks.Cost;
using Sixtyfour.Benchmarks.Idle;
using Sixtyfour.Benchmarks.ManyJobs;
using Sixtyfour.Benchmarks.Sharing;

var arguments = new Arguments(args);
return args.FirstOrDefault() switch
{
    "many-jobs" when arguments.Has("--sockets") => await SocketsCommand.RunAsync(arguments),
    "many-jobs" => ManyJobsCommand.Run(arguments),
    "schedule-cost" => await ScheduleCostCommand.RunAsync(),
    "idle" => await IdleCommand.RunAsync(arguments),
    "share" => await ShareCommand.RunAsync(arguments),
    "bulk-rows" => await BulkRowsCommand.RunAsync(arguments),
    "bulk-memory" => await BulkMemoryCommand.RunAsync(arguments),
    "bulk-memory-worker" => await BulkMemoryWorker.RunAsync(arguments),
    "share-worker" => await ShareWorker.RunAsync(arguments),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        many-jobs       batches in virtual time, beside the documented pattern and an oracle
                        [--json] [--svg FILE] [--seed N] [--median S --p95 S] [--shape lognormal|bimodal|failingtail] [--jobs N] [--sdk-only] [--no-headers]
                        --sockets: jobs of equal length over loopback against the emulator; ends with 1 when a makespan misses its mark or anything is refused
                        [--jobs N] [--seconds S] [--fixed] [--headers | --no-headers] [--scale N]
        bulk-memory     peak memory of a process that sends 100,000 rows and reads them back, then 100,000, 200,000 and 400,000 by runs,
                        over one that only has the client;
                        ends with 1 when over 40 MB or growing [--rows N] [--row-bytes N]
        bulk-rows       writing rows as JSON lines beside a bare writer, reading typed rows from CSV beside CsvHelper; ends with 1 when over 1.10 times
                        the one or, with wide rows, under 1.8 times as fast as the other [--rounds N]
        schedule-cost   processor time and memory of 100,000 open jobs; ends with 1 when over 5 % of a core or 2 KiB a job
        idle            starts with pauses through a proxy that closes idle connections; ends with 1 when the client's own way has an unknown outcome
                        [--starts N] [--lanes N] [--seed N]
        share           2 and 4 processes on one key against one emulator; ends with 1 when use, refusals or shares miss their marks
                        [--scale N] [--minutes N] [--no-headers] | --model [--seeds N]: up to 8 processes in virtual time
        """);
    return 2;
}
