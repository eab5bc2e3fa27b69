using System.Text;
using Sixtyfour.Bulk;
using Sixtyfour.Files;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Bulk;

public sealed class EstimateTests : IDisposable
{
    // It knows no request, so a test in which one is sent fails.
    private readonly ScriptedHandler _handler = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    [Theory]
    [InlineData("a.csv", "name,company\nNadia Okafor,Example Robotics\n\"x\ny\",z\n", 2)]
    [InlineData("a.CSV", "name\n", 0)]
    [InlineData("a.json", "[{}, {}, {}]", 3)]
    [InlineData("a.jsonl", "{}\n\n{}\n", 2)]
    [InlineData("a.ndjson", "{}", 1)]
    public async Task Rows_and_bytes_are_counted(string name, string text, int rows)
    {
        var estimate = await Client().EstimatePeopleAsync(Stream(text, name), cancellationToken: Token);

        estimate.Should().BeEquivalentTo(new BulkEstimate { Rows = rows, Bytes = text.Length, Files = rows is 0 ? 0 : 1, EstimatedCostCents = rows * 10m });
    }

    [Fact]
    public async Task People_at_low_cost_ten_cents_and_nothing_else_has_a_documented_price()
    {
        (await CostAsync(null)).Should().Be(20);
        (await CostAsync(new() { Tier = Tier.Low })).Should().Be(20);
        (await CostAsync(new() { Tier = new("LOW") })).Should().Be(20);
        (await CostAsync(new() { Tier = default(Tier) })).Should().Be(20);
        (await CostAsync(new() { Tier = Tier.Micro })).Should().BeNull();
        (await CostAsync(new() { Tier = Tier.High })).Should().BeNull();
        (await CostAsync(new() { Tier = Tier.High, CentsPerRow = 32.5m })).Should().Be(65);
        (await Client().EstimateCompaniesAsync(Two(), cancellationToken: Token)).EstimatedCostCents.Should().BeNull();
        (await Client().EstimateCompaniesAsync(Two(), new() { CentsPerRow = 3 }, Token)).EstimatedCostCents.Should().Be(6);

        async Task<decimal?> CostAsync(BulkOptions? options) => (await Client().EstimatePeopleAsync(Two(), options, Token)).EstimatedCostCents;

        static BulkFile Two() => Stream("a\n1\n2\n", "a.csv");
    }

    [Fact]
    public async Task Rows_of_a_type_are_counted_as_they_would_be_written()
    {
        var estimate = await Client().EstimatePeopleAsync(BulkFile.FromRows(Enumerable.Range(0, 3).Select(i => new Row($"n{i}"))), cancellationToken: Token);

        estimate.Should().BeEquivalentTo(new BulkEstimate { Rows = 3, Bytes = 3 * """{"name":"n0"}""".Length + 3, Files = 1, EstimatedCostCents = 30 });
    }

    [Fact]
    public async Task A_stream_that_can_be_read_only_once_is_estimated_and_then_submitted()
    {
        using var handler = new BulkHandler(new BulkService());
        var client = BulkClients.Create(handler, new FakeClock());
        var file = BulkFile.FromStream(new OneWay("a\n1\n2\n"), "a.csv");

        (await client.EstimatePeopleAsync(file, cancellationToken: Token)).Rows.Should().Be(2);
        await client.SubmitPeopleAsync(file, Ask.Title, cancellationToken: Token);
        await client.SubmitPeopleAsync(file, Ask.Title, cancellationToken: Token);

        handler.Service.Accepted.Should().HaveCount(2).And.OnlyContain(one => one.Text == "a\n1\n2\n");
    }

    [Fact]
    public async Task A_stream_that_can_be_sought_in_counts_from_where_it_stands()
    {
        var stream = new MemoryStream(Encoding.UTF8.GetBytes("rubbish\na\n1\n")) { Position = 8 };

        var estimate = await Client().EstimatePeopleAsync(BulkFile.FromStream(stream, "a.csv"), cancellationToken: Token);

        estimate.Should().BeEquivalentTo(new BulkEstimate { Rows = 1, Bytes = 4, Files = 1, EstimatedCostCents = 10 });
    }

    [Fact]
    public async Task What_needs_a_run_says_how_many_files_it_makes()
    {
        var client = BulkClients.Create(_handler, new FakeClock(), new BulkLimits(1000, 4));

        var estimate = await client.EstimatePeopleAsync(Stream("a\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", "a.csv"), cancellationToken: Token);

        estimate.Files.Should().Be(3);
    }

    [Fact]
    public async Task Prices_and_ceilings_have_to_make_sense()
    {
        var client = Client();

        (await FluentActions.Awaiting(() => client.EstimatePeopleAsync(Stream("a\n1", "a.csv"), new() { CentsPerRow = 0 }, Token))
            .Should().ThrowAsync<ArgumentException>()).WithMessage("CentsPerRow is 0: it must be more than zero and at most 1,000,000,000.*");
        (await FluentActions.Awaiting(() => client.SubmitPeopleAsync(Stream("a\n1", "a.csv"), Ask.Title, new() { MaxCostCents = -1 }, Token))
            .Should().ThrowAsync<ArgumentException>()).WithMessage("MaxCostCents is -1: it must not be negative.*");
    }

    [Theory]
    [InlineData("leads.xlsx", "*'.xlsx'*.csv, .json, .jsonl and .ndjson.*")]
    [InlineData("leads", "*''*")]
    public void Other_file_types_are_refused_at_once(string name, string message)
    {
        FluentActions.Invoking(() => BulkFile.FromPath(name)).Should().Throw<ArgumentException>().WithMessage(message);
        FluentActions.Invoking(() => BulkFile.FromStream(new MemoryStream(), name)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var asking = () => Client().EstimatePeopleAsync(BulkFile.FromPath("/nowhere/leads.csv"), cancellationToken: Token);

        (await asking.Should().ThrowAsync<FileNotFoundException>()).Which.FileName.Should().Be("/nowhere/leads.csv");
    }

    [Fact]
    public void A_bulk_file_prints_no_path() => BulkFile.FromPath("/home/nadia/leads.csv").ToString().Should().Be("BulkFile (Csv)");

    private static BulkFile Stream(string text, string name) => BulkFile.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(text)), name);

    private IBulkClient Client() => BulkClients.Create(_handler, new FakeClock());

    private sealed record Row(string Name);

    private sealed class OneWay(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override bool CanSeek => false;

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    }
}
