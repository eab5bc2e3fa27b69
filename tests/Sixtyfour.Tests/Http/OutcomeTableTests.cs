using System.Net;
using System.Security.Authentication;
using Sixtyfour.Http;

namespace Sixtyfour.Tests.Http;

public sealed class OutcomeTableTests
{
    private static readonly Verdict NotAccepted = new(MayHaveRun: false, SendAgain: true);
    private static readonly Verdict Refused = new(MayHaveRun: false, SendAgain: false);
    private static readonly Verdict Unknown = new(MayHaveRun: true, SendAgain: false);
    private static readonly Verdict Repeated = new(MayHaveRun: true, SendAgain: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_refused_at_the_door_is_sent_again_even_when_it_costs(bool isRepeatable) =>
        ForStatus(HttpStatusCode.TooManyRequests, hasHint: false, isRepeatable).Should().Be(NotAccepted);

    [Fact]
    public void A_503_that_names_a_time_is_a_refusal_at_the_door()
    {
        ForStatus(HttpStatusCode.ServiceUnavailable, hasHint: true, isRepeatable: false).Should().Be(NotAccepted);
        ForStatus(HttpStatusCode.ServiceUnavailable, hasHint: false, isRepeatable: false).Should().Be(Unknown);
    }

    [Fact]
    public void A_500_is_sent_again_as_the_vendor_documents_unless_switched_off_for_paid_calls()
    {
        ForStatus(HttpStatusCode.InternalServerError, hasHint: false, isRepeatable: false).Should().Be(Repeated);
        OutcomeTable.ForStatus(HttpStatusCode.InternalServerError, hasHint: false, isRepeatable: false, retriesServerErrors: false).Should().Be(Unknown);
        OutcomeTable.ForStatus(HttpStatusCode.InternalServerError, hasHint: false, isRepeatable: true, retriesServerErrors: false).Should().Be(Repeated);
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
        ForStatus((HttpStatusCode)status, hasHint: false, isRepeatable: true).Should().Be(Repeated);
        ForStatus((HttpStatusCode)status, hasHint: false, isRepeatable: false).Should().Be(Unknown);
    }

    [Theory]
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
        ForStatus((HttpStatusCode)status, hasHint: true, isRepeatable: true).Should().Be(Refused);
        ForStatus((HttpStatusCode)status, hasHint: true, isRepeatable: false).Should().Be(Refused);
    }

    [Fact]
    public void Before_the_body_begins_nothing_can_have_been_accepted()
    {
        OutcomeTable.ForNoAnswer(new HttpRequestException(), bodyBegun: false, isRepeatable: false).Should().Be(NotAccepted);
        OutcomeTable.ForNoAnswer(new OperationCanceledException(), bodyBegun: false, isRepeatable: true).Should().Be(NotAccepted);
    }

    [Fact]
    public void After_the_body_began_only_a_repeatable_request_is_sent_again()
    {
        OutcomeTable.ForNoAnswer(new HttpRequestException(), bodyBegun: true, isRepeatable: false).Should().Be(Unknown);
        OutcomeTable.ForNoAnswer(new HttpRequestException(), bodyBegun: true, isRepeatable: true).Should().Be(Repeated);
        OutcomeTable.ForBrokenBody(isRepeatable: false).Should().Be(Unknown);
        OutcomeTable.ForBrokenBody(isRepeatable: true).Should().Be(Repeated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_refused_certificate_is_never_tried_again(bool isRepeatable)
    {
        var refused = new HttpRequestException(
            "The SSL connection could not be established.", new AuthenticationException("The remote certificate is invalid."));

        OutcomeTable.ForNoAnswer(refused, bodyBegun: false, isRepeatable).Should().Be(Refused);
    }

    private static Verdict ForStatus(HttpStatusCode status, bool hasHint, bool isRepeatable) =>
        OutcomeTable.ForStatus(status, hasHint, isRepeatable, retriesServerErrors: true);
}
