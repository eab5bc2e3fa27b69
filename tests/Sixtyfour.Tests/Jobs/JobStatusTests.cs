using FsCheck;
using FsCheck.Fluent;

namespace Sixtyfour.Tests.Jobs;

public sealed class JobStatusTests
{
    [Theory]
    [InlineData("completed")]
    [InlineData("COMPLETED")]
    [InlineData("succeeded")]
    [InlineData("success")]
    [InlineData("Success")]
    [InlineData("complete")]
    [InlineData("done")]
    public void A_good_end_is_an_end(string word)
    {
        new JobStatus(word).IsTerminal.Should().BeTrue();
        new JobStatus(word).IsSuccess.Should().BeTrue();
        new JobStatus(word).Should().Be(JobStatus.Completed);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("Failed")]
    [InlineData("error")]
    [InlineData("failure")]
    [InlineData("cancelled")]
    [InlineData("canceled")]
    [InlineData("terminated")]
    [InlineData("timed_out")]
    [InlineData("timed-out")]
    [InlineData("Timed Out")]
    [InlineData("timedout")]
    [InlineData("timeout")]
    public void A_bad_end_is_an_end(string word)
    {
        new JobStatus(word).IsTerminal.Should().BeTrue();
        new JobStatus(word).IsSuccess.Should().BeFalse();
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("queued")]
    [InlineData("RUNNING")]
    [InlineData("running")]
    [InlineData("processing")]
    [InlineData("active")]
    [InlineData("continued_as_new")]
    [InlineData("draft")]
    [InlineData("complete-ish")]
    [InlineData("")]
    public void Everything_else_is_still_going_on(string word) => new JobStatus(word).IsTerminal.Should().BeFalse();

    [Fact]
    public void Words_that_mean_the_same_are_equal_and_keep_how_they_were_sent()
    {
        new JobStatus("Canceled").Should().Be(JobStatus.Canceled);
        (new JobStatus("TIMEOUT") == new JobStatus("timed out")).Should().BeTrue();
        new JobStatus("RUNNING").GetHashCode().Should().Be(JobStatus.Running.GetHashCode());
        new JobStatus("RUNNING").Value.Should().Be("RUNNING");
        (JobStatus.Failed != JobStatus.Canceled).Should().BeTrue();
    }

    [Fact]
    public void The_default_is_the_empty_word_and_still_running()
    {
        default(JobStatus).Value.Should().BeEmpty();
        default(JobStatus).IsTerminal.Should().BeFalse();
        default(JobStatus).Should().Be(new JobStatus(""));
    }

    [Fact]
    public void No_text_makes_it_throw_and_equality_agrees_with_the_hash() => Prop.ForAll<string?, string?>((left, right) =>
    {
        var (one, other) = (new JobStatus(left!), new JobStatus(right!));
        return one.Equals(one) && one.Value == (left ?? "") && (!one.Equals(other) || one.GetHashCode() == other.GetHashCode())
            && (!one.IsSuccess || one.IsTerminal);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    [Fact]
    public void Letter_case_and_separators_never_matter() => Prop.ForAll(Spelling().ToArbitrary(), spelling =>
        new JobStatus(spelling).Equals(new JobStatus("timed_out"))).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static Gen<string> Spelling() =>
        from mask in Gen.Choose(0, (1 << 9) - 1)
        from separator in Gen.Elements('_', '-', ' ')
        select string.Concat($"timed{separator}out".Select((c, i) => (mask >> i & 1) == 1 ? char.ToUpperInvariant(c) : c));
}
