using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Json;

namespace Sixtyfour.Tests.Http;

/// <summary>An id that arrived is paid for, whatever is wrong with the answer around it.</summary>
public sealed class StartedJobIdTests
{
    [Theory]
    [InlineData("""{"task_id": "paid-77"}""")]
    [InlineData("""{"taskId": "paid-77"}""")]
    [InlineData("""{"jobId": "paid-77", "status": "queued"}""")]
    [InlineData("""{"data": {"task_id": "paid-77"}}""")]
    [InlineData("""{"result": {"data": {"taskId": "paid-77"}}}""")]
    [InlineData("""{"task": {"id": "paid-77"}}""")]
    [InlineData("""[{"task_id": "paid-77"}]""")]
    [InlineData("""{"data": [{"task_id": "paid-77"}]}""")]
    [InlineData("""{"id": "request-1", "data": {"task_id": "paid-77"}}""")]
    [InlineData("""{"data": {"id": "row-1"}, "job_id": "paid-77"}""")]
    [InlineData("""{"id": "paid-77", "status": "queued"}""")]
    [InlineData("""{"status": "pending", "error": null, "errors": [], "id": "paid-77"}""")]
    [InlineData("""{"data": {"status": "queued", "id": "paid-77"}, "id": "request-1"}""")]
    [InlineData("""{"id": "request-1", "status": "queued", "job_id": "paid-77"}""")]
    [InlineData("""{"data": {"task_id": "inner"}, "task_id": "paid-77"}""")]
    [InlineData("""{"task_id": "paid-77", "data": {"task_id": "inner"}}""")]
    [InlineData("""{"error": "a note", "task_id": "paid-77"}""")]
    [InlineData("\uFEFF{\"task_id\": \"paid-77\"}")]
    public void It_is_found_in_every_envelope(string answer) => Find(answer).Should().Be("paid-77");

    [Theory]
    [InlineData("""{"row_count": NaN, "task_id": "paid-77"}""")]
    [InlineData("""{"task_id": "paid-77", "row_count": NaN}""")]
    [InlineData("""{"cost": Infinity, "data": {"task_id" : "paid-77"}}""")]
    [InlineData("""{'status': 'queued', "task_id": "paid-77"}""")]
    [InlineData("""{"status": undefined, "taskId": "paid-77"}""")]
    [InlineData("""{"note": "a line\end", "task_id": "paid-77"}""")]
    [InlineData("""{"task_id": "paid-77", "status": "que""")]
    [InlineData("""{"task_id": "paid-77" """)]
    [InlineData("""{"data": {"task_id": "paid-77", "status": {"a":""")]
    [InlineData("""{"task_id": "paid-77"} trailing""")]
    public void It_is_found_beside_what_cannot_be_read(string answer) => Find(answer).Should().Be("paid-77");

    [Theory]
    [InlineData("""{"task_id": "paid-7""")]
    [InlineData("""{"task_id": 1234""")]
    [InlineData("""{"row_count": NaN, "task_id": "paid-7""")]
    [InlineData("""{"row_count": NaN, "task_id": 1234""")]
    public void Half_an_id_is_none(string answer) => Find(answer).Should().BeNull();

    [Theory]
    [InlineData("""{"input": {"task_id": "not-this"}}""")]
    [InlineData("""{"message": "the \"task_id\": \"x\" is missing"}""")]
    [InlineData("""{"id": "req-9"}""")]
    [InlineData("""{"error": "no credits", "id": "req-9"}""")]
    [InlineData("""{"id": "req-9", "status": "queued", "error": {"code": "no_credits"}}""")]
    [InlineData("""{"id": "req-9", "status": "error", "message": "no credits"}""")]
    [InlineData("""{"id": "req-9", "status": 200}""")]
    [InlineData("""{"data": {"id": "row-1"}, "status": "queued"}""")]
    [InlineData("""{"job": {"id": "req-9"}, "errors": ["no credits"]}""")]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("""{"task_id": "  "}""")]
    [InlineData("""{"task_id": {"value": "x"}}""")]
    public void What_is_not_the_id_of_a_job_is_not_taken_for_one(string answer) => Find(answer).Should().BeNull();

    [Fact]
    public void No_bytes_make_it_fail() =>
        Prop.ForAll<byte[]>(bytes => StartedJobId.Find(bytes) is null or { Length: > 0 }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    /// <summary>Wherever the answer breaks off behind the id, the id is there; before that it is not made up.</summary>
    [Fact]
    public void A_cut_at_any_place_gives_the_whole_id_or_none()
    {
        var answer = Encoding.UTF8.GetBytes("""{"status": "queued", "data": {"n": [1, 2], "task_id": "paid-77", "x": {"y": null}}, "row_count": 3}""");

        for (var length = 0; length <= answer.Length; length++)
        {
            StartedJobId.Find(answer.AsSpan(0, length)).Should().Be(Encoding.UTF8.GetString(answer, 0, length).Contains("\"paid-77\"") ? "paid-77" : null);
        }
    }

    private static string? Find(string answer) => StartedJobId.Find(Encoding.UTF8.GetBytes(answer));
}
