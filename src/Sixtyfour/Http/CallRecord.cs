using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Http;

/// <summary>Reports one call to activities, metrics and logs.</summary>
internal sealed class CallRecord
{
    private readonly Call _call;
    private readonly ILogger _logger;
    private readonly Activity? _activity;

    private CallRecord(Call call, ILogger logger)
    {
        _call = call;
        _logger = logger;
        _activity = Telemetry.Source.StartActivity($"sixtyfour {call.Request.Route}", ActivityKind.Client);
    }

    public static CallRecord Begin(Call call, ILogger logger) => new(call, logger);

    public void Succeeded() => Quietly(() =>
    {
        Record("success");
        Log.CallSucceeded(_logger, _call.Request.Route, _call.Attempts, _call.Elapsed);
    });

    public void Failed(Exception failure) => Quietly(() =>
    {
        Record(failure.GetType().Name);
        _activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
        if (failure is not OperationCanceledException && !_call.Request.IsPoll)
        {
            Log.CallFailed(_logger, _call.Request.Route, _call.Attempts, _call.Elapsed, Describe(failure));
        }
    });

    /// <summary>Type and status only, since a message may repeat what was sent; and the id of a job, which is paid for.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        SixtyfourApiException api => $"{failure.GetType().Name} ({((int)api.StatusCode).ToString(CultureInfo.InvariantCulture)})",
        SixtyfourException { JobId: { } jobId } => $"{failure.GetType().Name}, job {jobId}",
        _ => failure.GetType().Name,
    };

    private void Record(string outcome)
    {
        Telemetry.Called(_call.Elapsed, _call.Request.Route, outcome);
        _activity?.SetTag(Telemetry.RouteTag, _call.Request.Route).SetTag(Telemetry.AttemptsTag, _call.Attempts).SetTag(Telemetry.OutcomeTag, outcome);
        if (_call.Request.JobId is { } jobId)
        {
            _activity?.SetTag(Telemetry.JobIdTag, jobId);
        }
    }

    // Listeners and loggers are the application's. One that throws must not cost a paid answer, and there is nowhere to report it.
    private void Quietly(Action report)
    {
        try
        {
            report();
            _activity?.Dispose();
        }
        catch (Exception)
        {
            Activity.Current = _activity?.Parent;
        }
    }
}
