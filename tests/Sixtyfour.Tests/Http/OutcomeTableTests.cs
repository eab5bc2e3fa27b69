using System.Net;
using System.Security.Authentication;
using Sixtyfour.Http;

namespace Sixtyfour.Tests.Http;

public sealed class OutcomeTableTests
{
    private readonly OutcomeTable _table = new(retryPaidCallsOnServerError: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_refused_at_the_door_is_sent_again_even_when_it_costs(bool isRepeatable) =>
        _table.ForStatus(HttpStatusCode.TooManyRequests, hasHint: false, isRepeatable).Should().Be(Verdict.Retry);

    [Fact]
    public void A_503_that_names_a_time_is_a_refusal_at_the_door()
    {
        _table.ForStatus(HttpStatusCode.ServiceUnavailable, hasHint: true, isRepeatable: false).Should().Be(Verdict.Retry);
        _table.ForStatus(HttpStatusCode.ServiceUnavailable, hasHint: false, isRepeatable: false).Should().Be(Verdict.OutcomeUnknown);
    }

    [Fact]
    public void A_500_is_sent_again_as_the_vendor_documents_unless_switched_off_for_paid_calls()
    {
        var cautious = new OutcomeTable(retryPaidCallsOnServerError: false);

        _table.ForStatus(HttpStatusCode.InternalServerError, hasHint: false, isRepeatable: false).Should().Be(Verdict.Retry);
        cautious.ForStatus(HttpStatusCode.InternalServerError, hasHint: false, isRepeatable: false).Should().Be(Verdict.OutcomeUnknown);
        cautious.ForStatus(HttpStatusCode.InternalServerError, hasHint: false, isRepeatable: true).Should().Be(Verdict.Retry);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(507)]
    [InlineData(520)]
    [InlineData(599)]
    public void A_failure_on_the_way_is_repeated_only_where_that_costs_nothing(int status)
    {
        _table.ForStatus((HttpStatusCode)status, hasHint: false, isRepeatable: true).Should().Be(Verdict.Retry);
        _table.ForStatus((HttpStatusCode)status, hasHint: false, isRepeatable: false).Should().Be(Verdict.OutcomeUnknown);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(418)]
    [InlineData(422)]
    [InlineData(451)]
    [InlineData(501)]
    [InlineData(505)]
    public void A_refusal_is_final(int status)
    {
        _table.ForStatus((HttpStatusCode)status, hasHint: true, isRepeatable: true).Should().Be(Verdict.Refused);
        _table.ForStatus((HttpStatusCode)status, hasHint: true, isRepeatable: false).Should().Be(Verdict.Refused);
    }

    [Fact]
    public void Before_the_body_begins_nothing_can_have_been_accepted()
    {
        OutcomeTable.ForNoAnswer(new HttpRequestException(), bodyBegun: false, isRepeatable: false).Should().Be(Verdict.Retry);
        OutcomeTable.ForNoAnswer(new OperationCanceledException(), bodyBegun: false, isRepeatable: true).Should().Be(Verdict.Retry);
    }

    [Fact]
    public void After_the_body_began_only_a_repeatable_request_is_sent_again()
    {
        OutcomeTable.ForNoAnswer(new HttpRequestException(), bodyBegun: true, isRepeatable: false).Should().Be(Verdict.OutcomeUnknown);
        OutcomeTable.ForNoAnswer(new HttpRequestException(), bodyBegun: true, isRepeatable: true).Should().Be(Verdict.Retry);
        OutcomeTable.ForBrokenBody(isRepeatable: false).Should().Be(Verdict.OutcomeUnknown);
        OutcomeTable.ForBrokenBody(isRepeatable: true).Should().Be(Verdict.Retry);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_refused_certificate_is_never_tried_again(bool isRepeatable)
    {
        var refused = new HttpRequestException("The SSL connection could not be established.", new AuthenticationException("The remote certificate is invalid."));

        OutcomeTable.ForNoAnswer(refused, bodyBegun: false, isRepeatable).Should().Be(Verdict.Refused);
    }
}
