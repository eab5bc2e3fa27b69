namespace Sixtyfour.Emulator.Tests.Bulk;

public sealed class TableTests
{
    [Theory]
    [InlineData("name,note\nA,\"x, \"\"y\"\"\"\nB,\"one\ntwo\"\n", "name,note,title\nA,\"x, \"\"y\"\"\",T\nB,\"one\ntwo\",T\n")]
    [InlineData("\uFEFFname\nÅsa 李\n", "name,title\nÅsa 李,T\n")]
    [InlineData("name,note,more\nA\nB,x\n", "name,note,more,title\nA,,,T\nB,x,,T\n")]
    [InlineData("name,name\nA,B\n", "name,name,title\nA,B,T\n")]
    [InlineData("name\n=1+1\n 007 \n", "name,title\n=1+1,T\n\" 007 \",T\n")]
    [InlineData("title,name\nknown,A\n,B\n", "title,name\nT,A\nT,B\n")]
    public async Task Cells_come_back_as_they_were_with_what_was_found_behind_them(string content, string enriched)
    {
        await using var wire = await AnsweringAsync();

        (await wire.EnrichedAsync(content)).Should().Be(enriched);
    }

    [Theory]
    [InlineData("people.json", """[{"name": "A", "n": 1.50, "is": true}, {"is": false, "tags": ["x", "y"], "name": "B"}]""")]
    [InlineData("people.jsonl", "{\"name\": \"A\", \"n\": 1.50, \"is\": true}\n{\"is\": false, \"tags\": [\"x\", \"y\"], \"name\": \"B\"}\n")]
    public async Task Objects_become_rows_of_one_table(string fileName, string content)
    {
        await using var wire = await AnsweringAsync();

        (await wire.EnrichedAsync(content, fileName)).Should().Be("name,n,is,tags,title\nA,1.50,True,,T\nB,,False,\"[\"\"x\"\", \"\"y\"\"]\",T\n");
    }

    [Theory]
    [InlineData("people.json", """[{"title": ""}, {"title": null}, {}]""")]
    [InlineData("people.csv", "title\n\"\"\n\"\"\n\"\"\n")]
    public async Task An_empty_cell_alone_in_its_row_is_still_a_row(string fileName, string content)
    {
        await using var wire = await Wire.StartAsync();

        (await wire.EnrichedAsync(content, fileName)).Should().Be("title\n\"\"\n\"\"\n\"\"\n");
    }

    [Fact]
    public async Task A_row_that_cannot_be_enriched_passes_through_and_is_charged()
    {
        await using var wire = await Wire.StartAsync(options => options.PassThroughShare = 1);

        (await wire.EnrichedAsync("name,company\nPerson 1,Company 1\nNadia Okafor,Example Robotics\n,\n"))
            .Should().Be("name,company,title\nPerson 1,Company 1,\nNadia Okafor,Example Robotics,VP Engineering\n,,\n");
        wire.Emulator.ChargedCents.Should().Be(30);
    }

    [Fact]
    public async Task About_the_given_share_passes_through()
    {
        await using var wire = await Wire.StartAsync(options => (options.PassThroughShare, options.NotFoundShare) = (0.3, 0));
        var rows = string.Concat(Enumerable.Range(0, 1000).Select(i => $"Person {i}\n"));

        (await wire.EnrichedAsync("name\n" + rows)).Split('\n').Count(line => line.EndsWith(',')).Should().BeInRange(250, 350);
    }

    [Fact]
    public async Task A_confidence_per_field_becomes_a_column()
    {
        await using var wire = await Wire.StartAsync();

        (await wire.EnrichedAsync(
            "name,company\nNadia Okafor,Example Robotics\n", config: """{"struct": {"title": "Current job title"}, "field_confidence": true}"""))
            .Should().MatchRegex("^name,company,title,field_confidence\nNadia Okafor,Example Robotics,VP Engineering,\"{\"\"title\"\":[0-9]+}\"\n$");
    }

    [Fact]
    public async Task A_cell_may_be_a_megabyte_long()
    {
        await using var wire = await AnsweringAsync();
        var cell = new string('x', 1_000_000);

        (await wire.EnrichedAsync($"name,note\nA,\"{cell}\"\n")).Should().Be($"name,note,title\nA,{cell},T\n");
    }

    private static async Task<Wire> AnsweringAsync()
    {
        var wire = await Wire.StartAsync(options => options.PassThroughShare = 0);
        wire.Emulator.Answer(BulkWire.People, _ => new() { ["title"] = "T" });
        return wire;
    }
}
