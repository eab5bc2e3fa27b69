using System.Net;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Http;

/// <summary>What is never sent again, whatever it costs.</summary>
public sealed class FinalAnswerTests
{
    public static TheoryData<int, Type> Refusals { get; } = new()
    {
        { 400, typeof(InvalidRequestException) },
        { 401, typeof(InvalidApiKeyException) },
        { 402, typeof(InsufficientCreditsException) },
        { 403, typeof(PermissionDeniedException) },
        { 404, typeof(SixtyfourApiException) },
        { 409, typeof(SixtyfourApiException) },
        { 413, typeof(InvalidRequestException) },
        { 418, typeof(SixtyfourApiException) },
        { 422, typeof(InvalidRequestException) },
        { 501, typeof(ServerErrorException) },
        { 505, typeof(ServerErrorException) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_final_for_a_paid_call(int status, Type expected)
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(Fault.Status((HttpStatusCode)status), times: 10);

        var error = (await api.Invoking(a => a.PaidCallAsync()).Should().ThrowAsync<SixtyfourApiException>()).Which;

        error.Should().BeOfType(expected);
        ((int)error.StatusCode).Should().Be(status);
        error.RequestId.Should().NotBeNullOrEmpty();
        api.RequestsSeen.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_final_for_a_call_that_only_reads(int status, Type expected)
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(Fault.Status((HttpStatusCode)status), times: 10);

        var error = (await api.Invoking(a => a.Client.Jobs.GetStatusAsync("job-1", null, Api.Token)).Should().ThrowAsync<SixtyfourApiException>()).Which;

        error.Should().BeOfType(expected);
        error.JobId.Should().Be("job-1");
        api.RequestsSeen.Should().Be(1);
    }

    private static readonly Dictionary<string, Func<Fault>> Foreign = new()
    {
        ["HTML"] = Fault.AnswersHtml,
        ["half the JSON"] = Fault.GarblesTheJson,
        ["nothing"] = Fault.EmptiesTheBody,
        ["204"] = () => Fault.Status(HttpStatusCode.NoContent),
        ["a redirect"] = () => Fault.RedirectsTo(new Uri("https://elsewhere.example/path?signature=secret")),
        ["304"] = () => Fault.Status(HttpStatusCode.NotModified),
    };

    public static TheoryData<string> ForeignAnswers { get; } = [.. Foreign.Keys];

    [Theory]
    [MemberData(nameof(ForeignAnswers))]
    public async Task An_answer_that_is_none_of_this_api_is_final_for_a_paid_call(string answer)
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(Foreign[answer](), times: 10);

        await api.Invoking(a => a.PaidCallAsync()).Should().ThrowAsync<InvalidResponseException>();

        api.RequestsSeen.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(ForeignAnswers))]
    public async Task An_answer_that_is_none_of_this_api_is_final_for_a_call_that_only_reads(string answer)
    {
        await using var api = await Api.StartAsync();
        var job = await api.PaidStartAsync();
        api.Emulator.Inject(Foreign[answer](), times: 10);

        var error = await api.Invoking(_ => job.GetStatusAsync(Api.Token)).Should().ThrowAsync<InvalidResponseException>();

        error.Which.JobId.Should().Be(job.Id);
        api.Emulator.CountRequests("/job-status/*").Should().Be(1);
    }

    [Fact]
    public async Task The_body_that_was_no_answer_is_kept_to_look_at()
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(Fault.AnswersHtml());

        var error = (await api.Invoking(a => a.PaidCallAsync()).Should().ThrowAsync<InvalidResponseException>()).Which;

        error.ResponseBody.Should().StartWith("<!doctype html>");
        error.Message.Should().NotContain("<");
    }

    [Fact]
    public async Task A_redirect_names_the_origin_and_never_the_signed_rest_of_the_target()
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(Foreign["a redirect"]());

        var error = (await api.Invoking(a => a.PaidCallAsync()).Should().ThrowAsync<InvalidResponseException>()).Which;

        error.Message.Should().Contain("https://elsewhere.example").And.NotContain("secret").And.NotContain("/path");
    }

    [Fact]
    public async Task A_start_without_an_id_is_said_and_not_repeated()
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(Fault.Status(HttpStatusCode.OK, """{"status": "pending"}"""), times: 10);

        var error = (await api.Invoking(a => a.PaidStartAsync()).Should().ThrowAsync<InvalidResponseException>()).Which;

        error.Message.Should().Contain("task_id");
        error.ResponseBody.Should().Contain("pending");
        api.RequestsSeen.Should().Be(1);
    }

    [Fact]
    public async Task A_refused_input_is_told_field_by_field()
    {
        await using var api = await Api.StartAsync();

        var call = () => api.PaidCallAsync(new() { Tier = new("enormous") });

        var error = (await call.Should().ThrowAsync<InvalidRequestException>()).Which;
        error.Errors.Should().ContainSingle().Which.Path.Should().Be("body.tier");
    }
}
