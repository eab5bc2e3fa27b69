using System.Globalization;
using System.Net;
using System.Text;

namespace Sixtyfour.Testing;

/// <summary>
/// The bulk endpoints as the vendor's page describes them, without a network: submissions under keys, jobs that finish when they are asked about.
/// </summary>
internal sealed class BulkService
{
    private readonly Dictionary<string, AcceptedFile> _byKey = new(StringComparer.Ordinal);
    private readonly List<AcceptedFile> _accepted = [];

    public decimal CentsPerRow { get; set; } = 10;

    /// <summary>Says what each file will cost; null leaves the estimate out.</summary>
    public Func<AcceptedFile, decimal?>? Estimate { get; set; }

    public Func<AcceptedFile, decimal>? Charge { get; set; }

    public Func<AcceptedFile, string> StatusOf { get; set; } = _ => "completed";

    /// <summary>Every job, each started and paid for once.</summary>
    public IReadOnlyList<AcceptedFile> Accepted
    {
        get
        {
            lock (_accepted)
            {
                return [.. _accepted];
            }
        }
    }

    public (HttpStatusCode Status, string Body) Submit(string path, string? key, string contentType, byte[] body)
    {
        var parts = MultipartText.Read(contentType, body);
        lock (_accepted)
        {
            if (key is not null && _byKey.TryGetValue(key, out var known))
            {
                return (HttpStatusCode.OK, $$"""{"task_id": "{{known.JobId}}", "status": "RUNNING", "already_started": true}""");
            }

            var file = new AcceptedFile($"job-{_accepted.Count + 1}", path, key, parts["config"].Text, parts["file"].FileName!, parts["file"].Text);
            _accepted.Add(file);
            if (key is not null)
            {
                _byKey[key] = file;
            }

            var cents = Estimate is null ? file.Rows.Count * CentsPerRow : Estimate(file);
            var estimate = cents is null ? "" : string.Create(CultureInfo.InvariantCulture, $", \"estimated_cost_cents\": {cents}");
            return (HttpStatusCode.OK, $$"""{"task_id": "{{file.JobId}}", "status": "RUNNING", "row_count": {{file.Rows.Count}}{{estimate}}}""");
        }
    }

    public (HttpStatusCode Status, string Body) Status(string jobId)
    {
        AcceptedFile? file;
        lock (_accepted)
        {
            file = _accepted.Find(one => one.JobId == jobId);
        }

        if (file is null)
        {
            return (HttpStatusCode.NotFound, """{"detail": "Job not found"}""");
        }

        string status;
        try
        {
            status = StatusOf(file);
        }
        catch (StatusException answer)
        {
            return (answer.Status, answer.Body);
        }

        var cents = Charge is null ? file.Rows.Count * CentsPerRow : Charge(file);
        return (HttpStatusCode.OK, status is not "completed"
            ? $$"""{"status": "{{status}}", "error": "It did not work"}"""
            : string.Create(CultureInfo.InvariantCulture, $$"""
            {"status": "completed", "charge_amount": {{cents}}, "task_type": "bulk",
             "results": [{"filename": "out.csv", "storage_bucket": "results", "block_number": 2, "row_count": {{file.Rows.Count}},
             "download_url": "/files/{{jobId}}"}]}
            """));
    }
}

/// <summary>Thrown by a test in <see cref="BulkService.StatusOf"/>: the status call is answered with this.</summary>
internal sealed class StatusException(HttpStatusCode status, string body) : Exception
{
    public HttpStatusCode Status => status;

    public string Body => body;
}

/// <summary>A file the service has taken.</summary>
internal sealed record AcceptedFile(string JobId, string Path, string? Key, string Config, string FileName, string Text)
{
    private readonly Lazy<IReadOnlyList<string>> _lines = new(() => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    private bool IsCsv => FileName.EndsWith(".csv", StringComparison.Ordinal);

    public string? Header => IsCsv ? _lines.Value[0] : null;

    /// <summary>One a line; the tests that use this have no line feeds in their values.</summary>
    public IReadOnlyList<string> Rows => IsCsv ? [.. _lines.Value.Skip(1)] : _lines.Value;
}

/// <summary>Takes a multipart body apart, as text.</summary>
internal static class MultipartText
{
    public static Dictionary<string, (string? FileName, string Text)> Read(string contentType, byte[] body)
    {
        var boundary = "--" + contentType.Split("boundary=")[1];
        var text = Encoding.UTF8.GetString(body);
        if (!text.EndsWith($"\r\n{boundary}--\r\n", StringComparison.Ordinal))
        {
            throw new InvalidDataException("The body has no end.");
        }

        var parts = new Dictionary<string, (string?, string)>();
        foreach (var part in text.Split(boundary + "\r\n")[1..])
        {
            var head = part[..part.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
            var content = part[(head.Length + 4)..];
            content = content[..(content.LastIndexOf(boundary + "--", StringComparison.Ordinal) is var end and >= 0 ? end : content.Length)];
            parts.Add(Between(head, " name=\"")!, (Between(head, "filename=\""), content[..^2]));
        }

        return parts;
    }

    private static string? Between(string head, string begin) =>
        head.IndexOf(begin, StringComparison.Ordinal) is var at and >= 0 ? head[(at + begin.Length)..head.IndexOf('"', at + begin.Length)] : null;
}
