namespace Sixtyfour.Tests.Fields;

public sealed class EnrichmentStructTests
{
    [Fact]
    public void Fields_are_written_in_the_order_they_were_added()
    {
        var fields = new EnrichmentStruct { { "z", "Last" }, { "a", StructField.Int() }, { "attribute:score", 1.5 } };

        Writing.ToJson(fields.WriteTo).Should().Be("""{"z":"Last","a":{"type":"int"},"attribute:score":1.5}""");
        fields.Select(field => field.Key).Should().Equal("z", "a", "attribute:score");
        fields.Count.Should().Be(3);
    }

    [Fact]
    public void Setting_a_name_again_replaces_the_field_in_its_place()
    {
        var fields = new EnrichmentStruct { ["a"] = "One", ["b"] = "Two" };

        fields["a"] = StructField.Int();

        Writing.ToJson(fields.WriteTo).Should().Be("""{"a":{"type":"int"},"b":"Two"}""");
        fields["a"].Type.Should().Be(FieldType.Int);
    }

    [Fact]
    public void Adding_a_name_again_is_refused_by_name()
    {
        var add = () => new EnrichmentStruct { { "age", "One" }, { "age", "Two" } };
        add.Should().Throw<ArgumentException>().WithMessage("*'age'*");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void A_blank_name_is_refused(string? name)
    {
        var add = () => new EnrichmentStruct { [name!] = "One" };
        add.Should().Throw<ArgumentException>().WithParameterName(nameof(name));
    }

    [Fact]
    public void A_field_that_asks_for_nothing_is_refused_by_name()
    {
        var adds = new Action[]
        {
            () => new EnrichmentStruct().Add("age", new StructField()),
            () => new EnrichmentStruct().Add("age", " "),
            () => new EnrichmentStruct().Add("age", null!),
            () => new EnrichmentStruct()["age"] = (string)null!,
        };
        foreach (var add in adds)
        {
            add.Should().Throw<ArgumentException>().WithMessage("*'age'*");
        }
    }

    [Fact]
    public void The_hundred_and_first_field_is_refused_by_name_and_with_the_limit()
    {
        var fields = new EnrichmentStruct();
        for (var i = 1; i <= 100; i++)
        {
            fields[$"field{i}"] = "x";
        }

        fields["field1"] = "again";
        var add = () => fields["straw"] = "x";

        add.Should().Throw<ArgumentException>().WithMessage("*'straw'*100*");
        fields.Count.Should().Be(100);
    }

    [Fact]
    public void A_name_that_is_not_there_is_named()
    {
        var get = () => new EnrichmentStruct()["age"];
        get.Should().Throw<KeyNotFoundException>().WithMessage("*'age'*");
    }
}
