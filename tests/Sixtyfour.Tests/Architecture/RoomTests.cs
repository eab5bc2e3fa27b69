using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Architecture;

/// <summary>
/// The rooms of the library and the way their arrows go. Where this fails, move the type or turn the arrow round; the order is on the architecture page.
/// </summary>
public sealed class RoomTests
{
    internal static readonly RoomOrder Order = new(
        "Registration",
        "(root)",
        "Companies", "Leads", "Bulk", "Raw",
        "Research",
        "Webhooks",
        "Jobs", "Jobs/Polling",
        "Files",
        "Fields",
        "Http", "Http/RateLimiting",
        "Options", "Errors", "Json", "Diagnostics", "Polyfills");

    /// <summary>Arrows that go up all the same.</summary>
    private static readonly string[] Known = [];

    internal static RoomReader Library => new(typeof(SixtyfourClient).Assembly.Location, "/src/Sixtyfour/", "Http/RateLimiting", "Jobs/Polling");

    [Fact]
    public void Every_type_lies_in_one_room()
    {
        using var library = Library;

        library.Homeless.Should().BeEmpty();
    }

    [Fact]
    public void Arrows_go_down()
    {
        using var library = Library;
        var arrows = library.Arrows();
        foreach (var arrow in arrows)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(arrow.ToString());
        }

        var cycles = string.Join("; ", RoomOrder.Cycles(arrows).Select(cycle => string.Join(", ", cycle)));
        var up = Order.Against(arrows).ToList();

        up.Where(arrow => !Known.Contains(arrow.Name)).Should().BeEmpty("an arrow goes down or into no room without a place (cycles: {0})", cycles);
        Known.Except(up.Select(arrow => arrow.Name)).Should().BeEmpty("what is no longer so goes from the list");
    }

    [Fact]
    public void An_arrow_up_a_room_without_a_place_and_a_cycle_are_seen()
    {
        var order = new RoomOrder("top", "middle", "bottom");
        Arrow down = new("top", "bottom", "A.M → B"), up = new("bottom", "middle", "B.M → C"), strange = new("cellar", "bottom", "D.M → B");

        order.Against([down, up, strange]).Should().Equal(up, strange);
        RoomOrder.Cycles([down, up, strange]).Should().BeEmpty();
        RoomOrder.Cycles([down, up, new("middle", "top", "C.M → A")]).Should().ContainSingle().Which.Should().Equal("bottom", "middle", "top");
    }

    [Fact]
    public void A_use_in_the_middle_of_a_lambda_of_an_asynchronous_method_is_seen()
    {
        using var tests = new RoomReader(typeof(RoomTests).Assembly.Location, "/tests/Sixtyfour.Tests/");

        tests.Arrows().Should().Contain(arrow => arrow.From == "Architecture" && arrow.To == "Support"
            && arrow.Example == "Deep.DigAsync → OwnThread", "an asynchronous lambda is a type of the compiler's in another one of its");
        tests.Arrows().Should().NotContain(arrow => arrow.From == "Architecture" && arrow.To != "Support");
    }
}

/// <summary>The only use of another room in this one.</summary>
internal static class Deep
{
    public static async Task<int> DigAsync(int depth)
    {
        await Task.Yield();
        Func<Task> dig = async () =>
        {
            await Task.Yield();
            await OwnThread.RunAsync(() => depth++);
        };
        await dig();
        return depth;
    }
}
