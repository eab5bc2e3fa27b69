namespace Sixtyfour.Emulator;

/// <summary>The form of the answers about a job.</summary>
public enum JobStatusForm
{
    /// <summary>As recorded from the running service: with <c>id</c>, <c>run_id</c>, <c>start_time</c>, <c>close_time</c> and <c>charge_amount</c>.</summary>
    Production,

    /// <summary>
    /// As on the vendor's enrich-lead page: <c>status</c>, <c>task_type</c> and, before the end, <c>processed_items</c> and <c>total_items</c>.
    /// </summary>
    Documented,
}
