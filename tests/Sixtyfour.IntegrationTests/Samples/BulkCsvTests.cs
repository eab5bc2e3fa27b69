using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Samples;

public sealed class BulkCsvTests
{
    private const string NoSignal = "There is no signal to send to a single program.";

    [Fact]
    public async Task Every_row_comes_back_once_and_in_order_with_the_asked_columns()
    {
        await using var sample = new BulkCsvProgram();

        var (exitCode, output) = await sample.RunAsync();

        exitCode.Should().Be(0, output);
        var sent = BulkCsvProgram.Records(BulkCsvProgram.DefaultInput);
        var saved = BulkCsvProgram.Records(sample.Output);
        sent.Should().HaveCount(501);
        saved[0].Should().Equal("name", "company", "company_domain", "notes", "title", "years_experience", "location", "skills");
        saved.Select(record => record[..4]).Should().BeEquivalentTo(sent, options => options.WithStrictOrdering());
        var passedThrough = saved.Skip(1).Count(record => record[4..].All(value => value.Length is 0));
        passedThrough.Should().BePositive();
        output.Should().Contain($"500 rows in the order of the input, {500 - passedThrough} enriched, {passedThrough} came back as they were.")
            .And.Contain("own estimate, not the service's: 500 rows").And.Contain("The service charged $50.00.");
        Directory.GetFiles(sample.Folder).Should().Equal(sample.Output);
    }

    [Fact]
    public async Task An_interrupted_run_finds_its_emulator_again_and_continues()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NoSignal);
        await using var sample = new BulkCsvProgram();

        var (exitCode, output) = await sample.InterruptAsync();
        exitCode.Should().Be(130, output);
        output.Should().Contain("run the same command again to continue").And.Contain("The emulator stays");

        (exitCode, output) = await sample.RunAsync();
        exitCode.Should().Be(0, output);
        output.Should().Contain("this one continues it");
        BulkCsvProgram.Records(sample.Output).Should().HaveCount(501);
        Directory.GetFiles(sample.Folder).Should().Equal(sample.Output);
    }

    [Fact]
    public async Task A_run_pays_once_however_often_it_is_started()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NoSignal);
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.FromDays(1), TestContext.Current.CancellationToken);
        await using var sample = new BulkCsvProgram { Service = emulator };

        (await sample.InterruptAsync("--yes")).ExitCode.Should().Be(130);
        var second = sample.Start("--yes");
        await BulkCsvProgram.ReadUntilAsync(second, BulkCsvProgram.Sent);
        emulator.Jobs.Should().ContainSingle().Which.Complete();
        (await BulkCsvProgram.EndAsync(second)).ExitCode.Should().Be(0);
        File.Delete(sample.Output);
        var (exitCode, output) = await sample.RunAsync("--yes");

        exitCode.Should().Be(0, output);
        output.Should().Contain("enriched.csv.journal stays");
        BulkCsvProgram.Records(sample.Output).Should().HaveCount(501);
        emulator.CountRequests("/bulk-intelligence/people").Should().Be(1);
        emulator.ChargedCents.Should().Be(5000);
    }

    [Fact]
    public async Task With_a_key_nothing_is_sent_without_a_yes()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var sample = new BulkCsvProgram { Service = emulator };

        var (exitCode, output) = await sample.RunAsync();

        exitCode.Should().Be(1);
        output.Should().Contain("$50.00").And.Contain("nothing was sent");
        emulator.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_ceiling_that_is_too_low_refuses_before_anything_is_sent()
    {
        await using var sample = new BulkCsvProgram();

        var (exitCode, output) = await sample.RunAsync("--max-cost", "49.99");

        exitCode.Should().Be(1);
        output.Should().Contain("--max-cost $49.99 is too low");
        Directory.GetFiles(sample.Folder).Should().BeEmpty();
    }

    [Theory]
    [InlineData("does not exist", "absent.csv")]
    [InlineData("ends in '.txt'", "notes.txt")]
    [InlineData("never closed", "broken.csv")]
    [InlineData("broken.csv is not a struct: line 1 is not JSON.", "--struct", "broken.csv")]
    [InlineData("'title' must be a description", "--struct", "numbers.json")]
    [InlineData("a folder that exists", "--out", "absent/enriched.csv")]
    [InlineData("would be replaced", "broken.csv", "--out", "broken.csv")]
    [InlineData("no option", "--ouput", "x.csv")]
    public async Task What_is_wrong_with_the_input_is_told_in_one_line(string why, params string[] arguments)
    {
        await using var sample = new BulkCsvProgram();
        sample.Write("broken.csv", "name\n\"Person 001 Example\n");
        sample.Write("numbers.json", """{"title": 1}""");

        var (exitCode, output) = await sample.RunAsync(arguments);

        exitCode.Should().Be(1);
        output.TrimEnd().Split('\n')[^1].Should().Contain(why);
        File.Exists(sample.Output).Should().BeFalse();
    }
}
