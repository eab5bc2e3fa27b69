using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sixtyfour.Tests.Fields;

/// <summary>One test for each tolerant reading, and one for each guess that is refused.</summary>
public sealed class CastingTests
{
    [Theory]
    [InlineData("41", null)]
    [InlineData("\"41\"", FieldIssueKind.Repaired)]
    [InlineData("\" +41 \"", FieldIssueKind.Repaired)]
    [InlineData("41.0", FieldIssueKind.Repaired)]
    [InlineData("\"41.00\"", FieldIssueKind.Repaired)]
    [InlineData("4.1e1", FieldIssueKind.Repaired)]
    [InlineData("410e-1", FieldIssueKind.Repaired)]
    public void The_same_whole_number_comes_in_many_spellings(string json, FieldIssueKind? issue) => Gives<int?>(json, 41, issue);

    [Theory]
    [InlineData("\"1,234,567\"", 1_234_567)]
    [InlineData("\"-1,234\"", -1_234)]
    [InlineData("\"12,345.0\"", 12_345)]
    public void Thousands_separators_in_their_places_are_read(string json, int expected) => Gives<int?>(json, expected, FieldIssueKind.Repaired);

    [Theory]
    [InlineData("\"12,34\"")]
    [InlineData("\"1234,567\"")]
    [InlineData("\"0,123\"")]
    [InlineData("\"1,,234\"")]
    [InlineData("\",123\"")]
    [InlineData("\"1.234.567\"")]
    [InlineData("\"1 234\"")]
    public void A_comma_in_another_place_may_be_a_decimal_comma_and_is_not_guessed(string json) => IsUnreadable<int?>(json);

    [Theory]
    [InlineData("\"~40\"")]
    [InlineData("\"about 40\"")]
    [InlineData("\"40+\"")]
    [InlineData("\"30-40\"")]
    [InlineData("\"30 to 40\"")]
    [InlineData("\"40 years\"")]
    [InlineData("\"$40\"")]
    [InlineData("\"40%\"")]
    [InlineData("\"forty\"")]
    [InlineData("\"N/A\"")]
    [InlineData("\"0x28\"")]
    [InlineData("\"(40)\"")]
    [InlineData("\"4e\"")]
    [InlineData("\"-\"")]
    [InlineData("\".\"")]
    [InlineData("true")]
    [InlineData("[40]")]
    [InlineData("{\"value\": 40}")]
    [InlineData("\"\\ud800\"")]
    public void An_approximation_a_range_or_a_sentence_is_no_number(string json)
    {
        IsUnreadable<int?>(json);
        IsUnreadable<double?>(json);
        IsUnreadable<decimal?>(json);
    }

    [Fact]
    public void A_fraction_is_no_whole_number() => IsUnreadable<int?>("9.5");

    [Theory]
    [InlineData("2147483648")]
    [InlineData("-2147483649")]
    [InlineData("\"99999999999\"")]
    [InlineData("1e999999999")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1e40")]
    public void A_whole_number_out_of_range_is_an_issue(string json) => IsUnreadable<int?>(json);

    [Fact]
    public void The_range_is_that_of_the_members_own_type()
    {
        Gives<byte?>("255", 255);
        IsUnreadable<byte?>("256");
        IsUnreadable<byte?>("-1");
        Gives<long?>("9223372036854775807", long.MaxValue);
        Gives<long?>("9223372036854775807.0", long.MaxValue, FieldIssueKind.Repaired);
        IsUnreadable<long?>("9223372036854775808");
    }

    [Theory]
    [InlineData("0.5", null)]
    [InlineData("\"0.5\"", FieldIssueKind.Repaired)]
    [InlineData("\".5\"", FieldIssueKind.Repaired)]
    [InlineData("\"5e-1\"", FieldIssueKind.Repaired)]
    public void The_same_fraction_comes_in_many_spellings(string json, FieldIssueKind? issue)
    {
        Gives<double?>(json, 0.5, issue);
        Gives<float?>(json, 0.5f, issue);
        Gives<decimal?>(json, 0.5m, issue);
    }

    [Fact]
    public void A_fraction_out_of_range_is_an_issue_and_never_infinite()
    {
        IsUnreadable<double?>("1e999");
        IsUnreadable<double?>("\"1e999\"");
        IsUnreadable<double?>("\"NaN\"");
        IsUnreadable<double?>("\"Infinity\"");
        IsUnreadable<float?>("1e39");
        IsUnreadable<decimal?>("1e29");
    }

    [Fact]
    public void A_decimal_keeps_every_digit() => Gives<decimal?>("\"1,234.5678901234567890\"", 1234.5678901234567890m, FieldIssueKind.Repaired);

    [Theory]
    [InlineData("true", true, null)]
    [InlineData("false", false, null)]
    [InlineData("\"yes\"", true, FieldIssueKind.Repaired)]
    [InlineData("\"No\"", false, FieldIssueKind.Repaired)]
    [InlineData("\"True\"", true, FieldIssueKind.Repaired)]
    [InlineData("\" FALSE \"", false, FieldIssueKind.Repaired)]
    public void Yes_no_true_and_false_are_truth_values(string json, bool expected, FieldIssueKind? issue) => Gives<bool?>(json, expected, issue);

    [Theory]
    [InlineData("\"Yes, since May\"")]
    [InlineData("\"probably\"")]
    [InlineData("\"unknown\"")]
    [InlineData("1")]
    [InlineData("[]")]
    public void Anything_else_is_no_truth_value(string json) => IsUnreadable<bool?>(json);

    [Fact]
    public void A_text_is_kept_just_as_it_came() => Gives("\" VP, Engineering \"", " VP, Engineering ");

    [Theory]
    [InlineData("30", "30")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    public void A_number_or_truth_value_has_a_text(string json, string expected) => Gives(json, expected, FieldIssueKind.Repaired);

    [Theory]
    [InlineData("[\"a\"]")]
    [InlineData("{\"a\": 1}")]
    [InlineData("\"\\ud800\"")]
    public void A_list_or_an_object_is_no_text(string json) => IsUnreadable<string>(json);

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\" \\t\\n\"")]
    [InlineData("\"\\u00a0\"")]
    public void Null_and_blank_mean_that_nothing_was_found(string json)
    {
        Gives<int?>(json, null);
        Gives<bool?>(json, null);
        Gives<double?>(json, null);
        Gives<DateOnly?>(json, null);
        Gives<Seniority?>(json, null);
        Reading.Data<Box<int?>>($$"""{"value":{{json}}}""").Missing.Should().Equal("value");
    }

    [Fact]
    public void Nothing_for_a_member_that_cannot_be_null_is_its_default_and_an_issue()
    {
        Gives("null", 0, FieldIssueKind.Missing);
        Gives("\"\"", 0, FieldIssueKind.Missing);
    }

    [Theory]
    [InlineData("\"2024-05-17\"", null)]
    [InlineData("\" 2024-05-17 \"", FieldIssueKind.Repaired)]
    [InlineData("\"2024-05-17T10:30:00Z\"", FieldIssueKind.Repaired)]
    [InlineData("\"2024-05-17 10:30:00\"", FieldIssueKind.Repaired)]
    public void A_day_is_read_also_from_a_moment(string json, FieldIssueKind? issue) => Gives<DateOnly?>(json, new DateOnly(2024, 5, 17), issue);

    [Theory]
    [InlineData("\"2024-05\"")]
    [InlineData("\"2024\"")]
    [InlineData("2024")]
    [InlineData("\"May 2024\"")]
    [InlineData("\"05/06/2024\"")]
    [InlineData("\"2024-02-30\"")]
    [InlineData("\"2024-13-01\"")]
    [InlineData("\"since 2024-05-17\"")]
    [InlineData("\"2024-05-17 to 2024-06-01\"")]
    public void A_partial_or_ambiguous_date_is_no_day(string json)
    {
        IsUnreadable<DateOnly?>(json);
        IsUnreadable<DateTime?>(json);
        IsUnreadable<DateTimeOffset?>(json);
    }

    [Fact]
    public void A_moment_is_read_in_ISO_8601()
    {
        Gives<DateTime?>("\"2024-05-17T10:30:00\"", new DateTime(2024, 5, 17, 10, 30, 0));
        Gives<DateTime?>("\"2024-05-17 10:30:00\"", new DateTime(2024, 5, 17, 10, 30, 0), FieldIssueKind.Repaired);
        Gives<DateTime?>("\"2024-05-17\"", new DateTime(2024, 5, 17));
        Gives<DateTimeOffset?>("\"2024-05-17T10:30:00+02:00\"", new DateTimeOffset(2024, 5, 17, 10, 30, 0, TimeSpan.FromHours(2)));
    }

    [Theory]
    [InlineData("\"2024-05-17T10:30:00\"", 10)]
    [InlineData("\"2024-05-17 10:30:00\"", 10)]
    [InlineData("\"2024-05-17\"", 0)]
    public void A_moment_without_an_offset_is_taken_as_UTC_and_never_as_local(string json, int hour) =>
        Gives<DateTimeOffset?>(json, new DateTimeOffset(2024, 5, 17, hour, hour == 0 ? 0 : 30, 0, TimeSpan.Zero), FieldIssueKind.Repaired);

    [Fact]
    public void A_time_of_day_may_leave_out_its_seconds()
    {
        Gives<TimeOnly?>("\"10:30:15\"", new TimeOnly(10, 30, 15));
        Gives<TimeOnly?>("\"10:30\"", new TimeOnly(10, 30), FieldIssueKind.Repaired);
        IsUnreadable<TimeOnly?>("\"25:00\"");
        IsUnreadable<TimeOnly?>("\"10\"");
        IsUnreadable<TimeOnly?>("\"half past ten\"");
    }

    [Fact]
    public void A_GUID_is_read_with_and_without_hyphens()
    {
        var id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
        Gives<Guid?>("\"0f8fad5b-d9cb-469f-a165-70867728950e\"", id);
        Gives<Guid?>("\"0f8fad5bd9cb469fa16570867728950e\"", id, FieldIssueKind.Repaired);
        Gives<Guid?>("\"{0F8FAD5B-D9CB-469F-A165-70867728950E}\"", id, FieldIssueKind.Repaired);
        IsUnreadable<Guid?>("\"id 0f8fad5b-d9cb-469f-a165-70867728950e\"");
    }

    [Fact]
    public void An_address_is_absolute_or_starts_with_its_host()
    {
        Gives("\"https://example.com/team?of=a#b\"", new Uri("https://example.com/team?of=a#b"));
        Gives("\"https://web.example.com/2020/https://example.com\"", new Uri("https://web.example.com/2020/https://example.com"));
        Gives("\"example.com/team\"", new Uri("https://example.com/team"), FieldIssueKind.Repaired);
        Gives("\" https://example.com \"", new Uri("https://example.com"), FieldIssueKind.Repaired);
    }

    [Theory]
    [InlineData("\"https://a.example.com https://b.example.com\"")]
    [InlineData("\"https://a.example.com,https://b.example.com\"")]
    [InlineData("\"https://a.example.com;www.example.com\"")]
    [InlineData("\"https://a.example.com/xhttps://b.example.com\"")]
    [InlineData("\"a.example.com, b.example.com\"")]
    [InlineData("\"See https://example.com\"")]
    [InlineData("\"Website: https://example.com\"")]
    [InlineData("\"nadia@example.com\"")]
    [InlineData("\"N/A\"")]
    [InlineData("\"not found\"")]
    [InlineData("\"/team\"")]
    [InlineData("\"3.5\"")]
    [InlineData("\"https://\"")]
    public void Two_addresses_or_a_sentence_are_no_address(string json) => IsUnreadable<Uri>(json);

    [Theory]
    [InlineData("\"VicePresident\"")]
    [InlineData("\"vicepresident\"")]
    [InlineData("\"VICE_PRESIDENT\"")]
    [InlineData("\"Vice President\"")]
    [InlineData("\"vice-president\"")]
    [InlineData("2")]
    public void An_enum_is_read_by_name_however_its_words_are_joined(string json) => Gives<Seniority?>(json, Seniority.VicePresident);

    [Theory]
    [InlineData("\"VP\"")]
    [InlineData("\"Senior engineer\"")]
    [InlineData("\"Junior, Senior\"")]
    [InlineData("\"2\"")]
    [InlineData("99")]
    [InlineData("1.5")]
    [InlineData("true")]
    public void What_is_no_name_of_an_enum_never_becomes_a_value(string json) => IsUnreadable<Seniority?>(json);

    [Fact]
    public void A_list_is_read_from_an_array() => GivesList("""["A","B"]""", null, "A", "B");

    [Theory]
    [InlineData("\"['A', 'B', 'C']\"")]
    [InlineData("\"[\\\"A\\\", \\\"B\\\", \\\"C\\\"]\"")]
    [InlineData("\"('A', 'B', 'C')\"")]
    [InlineData("\"[A, B, C]\"")]
    [InlineData("\"A, B, C\"")]
    public void A_list_is_read_from_a_text(string json) => GivesList(json, FieldIssueKind.Repaired, "A", "B", "C");

    [Fact]
    public void Python_quotes_escapes_and_words_are_understood()
    {
        GivesList("""
            "['it\\'s', \"B's\", 'tab\\t', '\\xe9\\u00e9', 'x, [y]']"
            """, FieldIssueKind.Repaired, "it's", "B's", "tab\t", "éé", "x, [y]");
        Cast<List<bool>>("\"[True, False]\"").Value.Should().Equal(true, false);
        Cast<List<int?>>("\"[1, None, 2]\"").Value.Should().Equal(1, null, 2);
    }

    [Fact]
    public void A_text_without_commas_is_a_list_of_one_where_a_list_was_asked_for() => GivesList("\"Python\"", FieldIssueKind.Repaired, "Python");

    [Fact]
    public void Commas_split_a_text_only_where_a_list_was_asked_for()
    {
        var asked = new EnrichmentStruct { ["value"] = "Skills" };

        var found = Reading.Data<Box<List<string>>>("""{"value": "Python, Go"}""", asked: asked);

        found.Issues.Should().ContainSingle(issue => issue.Kind == FieldIssueKind.Unreadable);
        found.Data.Value.Should().BeNull();
    }

    [Fact]
    public void Numbers_in_a_list_are_repaired_one_by_one()
    {
        Cast<int[]>("[1, \"2\", 3.0]").Value.Should().Equal(1, 2, 3);
        Cast<int[]>("[1, \"2\", 3.0]").Issue.Should().Be(FieldIssueKind.Repaired);
        Cast<int[]>("\"1, 2, 3\"").Value.Should().Equal(1, 2, 3);
        Cast<HashSet<int>>("\"[1, 2]\"").Value.Should().Equal(1, 2);
    }

    [Fact]
    public void A_comma_between_numbers_that_may_be_a_thousands_separator_is_not_guessed()
    {
        Unreadable<int[]>("\"1,234\"").Should().BeTrue();
        Unreadable<int[]>("\"[1,234]\"").Should().BeFalse("brackets make it JSON");
        Unreadable<int[]>("\"1, 234\"").Should().BeFalse("a space follows the comma");
    }

    [Fact]
    public void An_item_that_does_not_fit_is_left_out_and_reported()
    {
        var found = Reading.Data<Box<int[]>>("""{"value": [1, "about 2", 3]}""");

        found.Data.Value.Should().Equal(1, 3);
        found.Issues.Should().ContainSingle(issue => issue.Name == "value[1]" && issue.Kind == FieldIssueKind.Unreadable);
    }

    [Fact]
    public void A_text_of_which_no_item_fits_is_no_list()
    {
        Unreadable<int[]>("\"about 40\"").Should().BeTrue();
        Unreadable<IReadOnlyList<Seniority>>("\"not found\"").Should().BeTrue();
        Reading.Data<Team>("""{"contacts": "nobody"}""").Issues.Should().ContainSingle().Which.Kind.Should().Be(FieldIssueKind.Unreadable);
    }

    [Fact]
    public void Null_and_blank_items_are_left_out() => GivesList("""["A", null, "", "B"]""", FieldIssueKind.Repaired, "A", "B");

    [Theory]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("{\"a\": 1}")]
    [InlineData("\"[unfinished, 'quote]\"")]
    public void Anything_else_is_no_list(string json) => Unreadable<List<string>>(json).Should().BeTrue();

    [Theory]
    [InlineData("[]")]
    [InlineData("\"[]\"")]
    public void An_empty_list_says_that_nothing_was_found(string json)
    {
        var found = Reading.Data<Profile>($$"""{"skills": {{json}}, "history": {} }""");

        found.Missing.Should().Contain("skills").And.Contain("history");
        found.Data.Skills.Should().BeEmpty();
        found.Data.History.Should().BeNull();
    }

    [Theory]
    [InlineData("""{"a": 1, "b": 2}""", null)]
    [InlineData("""{"a": "1", "b": 2.0}""", FieldIssueKind.Repaired)]
    [InlineData("""{"a": 1, "b": 2, "c": null}""", FieldIssueKind.Repaired)]
    [InlineData("""  "{\"a\": 1, \"b\": 2}"  """, FieldIssueKind.Repaired)]
    [InlineData("""  "{'a': 1, 'b': 2}"  """, FieldIssueKind.Repaired)]
    public void A_dictionary_is_read_from_an_object_or_a_text_that_holds_one(string json, FieldIssueKind? issue) =>
        Cast<Dictionary<string, int>>(json).Should().BeEquivalentTo((new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, issue));

    [Fact]
    public void An_entry_that_does_not_fit_is_left_out_and_reported_by_its_place()
    {
        var found = Reading.Data<Box<Dictionary<string, int>>>("""{"value": {"a": 1, "b": "many"}}""");

        found.Data.Value.Should().Equal(new Dictionary<string, int> { ["a"] = 1 });
        found.Issues.Should().ContainSingle(issue => issue.Name == "value[1]" && issue.Kind == FieldIssueKind.Unreadable);
    }

    [Theory]
    [InlineData("\"a: 1\"")]
    [InlineData("[1]")]
    [InlineData("\"[1]\"")]
    [InlineData("7")]
    public void Anything_else_is_no_dictionary(string json) => Unreadable<Dictionary<string, int>>(json).Should().BeTrue();

    [Fact]
    public void Untyped_members_take_whatever_comes()
    {
        Cast<JsonElement>("{\"a\":[1]}").Value.GetRawText().Should().Be("{\"a\":[1]}");
        Cast<JsonNode>("[1]").Value.ToJsonString().Should().Be("[1]");
        Reading.Data<Box<JsonElement>>("""{"value": null}""").Data.Value.ValueKind.Should().Be(JsonValueKind.Null);
        Reading.Data<Box<JsonElement>>("{}").Data.Value.ValueKind.Should().Be(JsonValueKind.Undefined);
    }

    private static (T Value, FieldIssueKind? Issue) Cast<T>(string json) => Reading.Cast<T>(json);

    private static void Gives<T>(string json, T expected, FieldIssueKind? issue = null) => Cast<T>(json).Should().Be((expected, issue));

    private static void GivesList(string json, FieldIssueKind? issue, params string[] items)
    {
        var found = Cast<List<string>>(json);
        found.Value.Should().Equal(items);
        found.Issue.Should().Be(issue);
    }

    private static void IsUnreadable<T>(string json) => Gives<T?>(json, default, FieldIssueKind.Unreadable);

    private static bool Unreadable<T>(string json) => Cast<T>(json).Issue is FieldIssueKind.Unreadable;
}
