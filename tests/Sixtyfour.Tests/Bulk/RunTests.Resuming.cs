using System.Text.Json.Nodes;
using Sixtyfour.Tests.Support;
using static Sixtyfour.Tests.Support.BulkHandler;

namespace Sixtyfour.Tests.Bulk;

public sealed partial class RunTests
{
    [Theory]
    [InlineData(Mishap.RefusesTheConnection)]
    [InlineData(Mishap.Answers429)]
    [InlineData(Mishap.Answers402)]
    [InlineData(Mishap.Answers400)]
    internal async Task A_refusal_to_a_file_that_is_sent_again_says_nothing_about_its_first_time(Mishap refusal)
    {
        await LoseTheAnswerAsync();

        NewHandler().Then([.. Enumerable.Repeat(refusal, 5)]);
        await FluentActions.Awaiting(() => RunAsync(Rows(2), handler: Handler)).Should().ThrowAsync<SixtyfourException>();
        await RunAsync(Rows(2));

        _service.Accepted.Should().ContainSingle("it was accepted the first time, and is known by its key");
        Keys().Should().ContainSingle();
    }

    [Fact]
    public async Task Whoever_leaves_while_a_file_is_sent_again_pays_for_it_once()
    {
        await LoseTheAnswerAsync();
        using var caller = new CancellationTokenSource();
        NewHandler().Then([.. Enumerable.Repeat(Mishap.Answers429, 5)]);
        Handler.OnUpload = _ => caller.CancelAsync();
        await FluentActions.Awaiting(() => RunAsync(Rows(2), handler: Handler, token: caller.Token)).Should().ThrowAsync<OperationCanceledException>();

        await RunAsync(Rows(2));

        _service.Accepted.Should().ContainSingle();
        Keys().Should().ContainSingle();
    }

    [Fact]
    public async Task A_refusal_after_a_lost_answer_is_no_refusal_of_the_file()
    {
        NewHandler().Then(Mishap.LosesTheAnswer, Mishap.Answers400);
        var error = (await FluentActions.Awaiting(() => RunAsync(Rows(2), handler: Handler)).Should().ThrowAsync<OutcomeUnknownException>()).Which;
        error.InnerException.Should().BeOfType<InvalidRequestException>();

        await RunAsync(Rows(2));

        _service.Accepted.Should().ContainSingle().Which.Key.Should().Be(error.IdempotencyKey);
    }

    [Fact]
    public async Task A_delivery_that_was_duplicated_on_the_way_is_ours()
    {
        // Something on the way, a proxy say, has sent the first upload twice.
        NewHandler().OnUpload = _ =>
        {
            var upload = Handler.Uploads[^1];
            _service.Submit(upload.Path, upload.Key, upload.ContentType, upload.Bytes);
            return Task.CompletedTask;
        };

        await RunAsync(Rows(2), handler: Handler);

        _service.Accepted.Should().ContainSingle();
    }

    [Fact]
    public async Task A_key_from_the_future_is_as_doubtful_as_an_old_one()
    {
        await LoseTheAnswerAsync();
        // As if the clock of the machine had been wrong when the file was sent.
        _journal.Replace(line =>
        {
            var moved = JsonNode.Parse(line)!;
            moved["at"] = _clock.GetUtcNow().AddDays(30);
            return moved.ToJsonString();
        });

        await FluentActions.Awaiting(() => RunAsync(Rows(2))).Should().ThrowAsync<BulkRunIncompleteException>();

        Handler.Uploads.Should().BeEmpty();
    }

    [Fact]
    public async Task No_attempt_begins_when_the_key_may_be_forgotten()
    {
        await LoseTheAnswerAsync();
        var first = DateTimeOffset.Parse((string)JsonNode.Parse(_journal.Lines[0])!["at"]!, System.Globalization.CultureInfo.InvariantCulture);
        _clock.Advance(first + TimeSpan.FromHours(1) - TimeSpan.FromSeconds(5) - _clock.GetUtcNow());
        // It asks for a wait of 7 seconds.
        NewHandler().Then(Mishap.Answers429);

        await FluentActions.Awaiting(() => RunAsync(Rows(2), new() { KeyLifetime = TimeSpan.FromHours(1) }, Handler))
            .Should().ThrowAsync<RateLimitedException>();

        Handler.Uploads.Should().ContainSingle();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await FluentActions.Awaiting(() => RunAsync(Rows(2), new() { KeyLifetime = TimeSpan.FromHours(1) })).Should().ThrowAsync<BulkRunIncompleteException>();
        Handler.Uploads.Should().BeEmpty();
    }

    [Fact]
    public async Task A_last_row_that_fits_into_no_file_shows_before_the_first_is_paid_for()
    {
        var file = Csv($"name\nn0\nn1\nn2\n{new string('x', 2_000)}\n");

        (await FluentActions.Awaiting(() => RunAsync(file)).Should().ThrowAsync<ArgumentException>()).WithMessage("*row 3 (from 0)*1,000*");

        Handler.Uploads.Should().BeEmpty();
        _journal.Lines.Should().BeEmpty();
    }

    private async Task LoseTheAnswerAsync()
    {
        NewHandler().Then([.. Enumerable.Repeat(Mishap.LosesTheAnswer, 5)]);
        await FluentActions.Awaiting(() => RunAsync(Rows(2), handler: Handler)).Should().ThrowAsync<OutcomeUnknownException>();
        _service.Accepted.Should().ContainSingle();
    }

    private IEnumerable<string> Keys() => _journal.Lines.Select(line => (string)JsonNode.Parse(line)!["key"]!).Distinct();
}
