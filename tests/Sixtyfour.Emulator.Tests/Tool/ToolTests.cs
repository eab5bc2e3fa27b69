using System.Reflection;
using Sixtyfour.Emulator.Tool;
using Sixtyfour.Testing;

namespace Sixtyfour.Emulator.Tests.Tool;

public class ToolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_how_to_point_a_client_at_it_logs_a_line_a_request_and_stops_when_told()
    {
        using var output = new Transcript();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = new EmulatorProgram(output, TextWriter.Null)
            .RunAsync(["--urls", "http://127.0.0.1:0", "--key=secret", "--time-scale", "100000"], stop.Token);
        await Eventually.TrueAsync(() => output.ToString().Contains("Ctrl-C", StringComparison.Ordinal));
        var endpoint = output.ToString().Split("SIXTYFOUR_API_ENDPOINT=")[1].Split('\n')[0].Trim();
        output.ToString().Should().Contain("export SIXTYFOUR_API_KEY=secret");

        using (var http = new HttpClient { BaseAddress = new Uri(endpoint) })
        {
            http.DefaultRequestHeaders.Add("x-api-key", "secret");
            (await http.PostAsync(new Uri("/enrich-lead", UriKind.Relative), Wire.Json(Wire.Enrichment()), Token)).EnsureSuccessStatusCode();
        }

        await Eventually.TrueAsync(() => output.ToString().Contains(" 200 POST /enrich-lead", StringComparison.Ordinal));
        await stop.CancelAsync();
        (await running).Should().Be(0);
        output.ToString().Should().NotContain("Nadia");
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        using var output = new StringWriter();

        (await new EmulatorProgram(output, TextWriter.Null).RunAsync(["--help"], Token)).Should().Be(0);

        output.ToString().Should().ContainAll(Switch.All.Select(option => option.Name).Append("--help"));
    }

    [Fact]
    public void Every_member_of_the_options_can_be_set_from_the_command_line()
    {
        var members = typeof(EmulatorOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(member => member.Name);

        Switch.All.Select(option => option.Member).Should().BeEquivalentTo(members.Except(OnlyInProcess));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_changes_the_member_that_it_names(string option, string? value)
    {
        var setting = Switch.All.Single(each => each.Name == option);
        var (before, after) = (new EmulatorOptions(), new EmulatorOptions());

        CommandLine.Parse(value is null ? [option] : [option, value]).Apply(after);

        var member = typeof(EmulatorOptions).GetProperty(setting.Member)!;
        after.Should().NotBeNull();
        (member.GetValue(after) is { } set && IsSame(set, member.GetValue(before))).Should().BeFalse($"{option} sets {setting.Member}");
    }

    public static TheoryData<string, string?> Options
    {
        get
        {
            var data = new TheoryData<string, string?>();
            foreach (var option in Switch.All)
            {
                data.Add(option.Name, option.Value switch
                {
                    null => null,
                    "URL" => "http://127.0.0.1:7000",
                    "WHAT=CENTS" => "low=12",
                    "KEY" or "WORD" => "other",
                    "SHARE" => "0.5",
                    _ when option.Value.Contains('|', StringComparison.Ordinal) => option.Value.Split('|')[1],
                    _ => "7",
                });
            }

            return data;
        }
    }

    // A clock, a listener and two limits of AdvanceUntilAsync: code in the emulator's own process.
    private static readonly string[] OnlyInProcess =
        [nameof(EmulatorOptions.TimeProvider), nameof(EmulatorOptions.OnRequest), nameof(EmulatorOptions.SettlePeriod), nameof(EmulatorOptions.StallLimit)];

    private static bool IsSame(object set, object? before) => set is System.Collections.IEnumerable several and not string
        ? before is System.Collections.IEnumerable others && several.Cast<object>().SequenceEqual(others.Cast<object>())
        : set.Equals(before);

    [Theory]
    [InlineData("There is no option '--port'*", "--port", "5")]
    [InlineData("There is no option 'start'*", "start")]
    [InlineData("--seed needs a value.*", "--seed")]
    [InlineData("--seed is 'x': give a number.*", "--seed", "x")]
    [InlineData("--pass-through is '0,1': give a number.*", "--pass-through", "0,1")]
    [InlineData("PassThroughShare is 2*", "--pass-through", "2")]
    [InlineData("PreviewRows is -1*", "--preview-rows", "-1")]
    [InlineData("LinkLifetime is 00:00:00*", "--link-lifetime", "0")]
    [InlineData("--price is 'low'*", "--price", "low")]
    [InlineData("--error-form is 'html'*", "--error-form", "html")]
    [InlineData("EmptySearchPageEvery is 1*", "--empty-search-page-every", "1")]
    [InlineData("--urls is 'nowhere'*", "--urls", "nowhere")]
    [InlineData("Url is 'https://127.0.0.1:1/'*", "--urls", "https://127.0.0.1:1/")]
    [InlineData("TimeScale is 0*", "--time-scale=0")]
    [InlineData("Set one of*", "--time-scale=2", "--manual-clock")]
    public async Task A_mistake_is_a_sentence_and_exit_code_2(string message, params string[] args)
    {
        using var errors = new StringWriter();

        (await new EmulatorProgram(TextWriter.Null, errors).RunAsync(args, Token)).Should().Be(2);

        errors.ToString().Should().Match(message);
    }

    [Fact]
    public async Task A_taken_address_is_a_sentence_and_exit_code_1()
    {
        await using var first = await SixtyfourEmulator.StartAsync(cancellationToken: Token);
        using var errors = new StringWriter();

        (await new EmulatorProgram(TextWriter.Null, errors).RunAsync(["--urls", first.Endpoint.ToString()], Token)).Should().Be(1);

        errors.ToString().Should().NotBeEmpty();
    }

    [Fact]
    public void Every_option_reaches_the_emulator()
    {
        var options = new EmulatorOptions();

        CommandLine.Parse(["--urls", "http://127.0.0.1:7000", "--key", "k", "--time-scale", "2.5", "--seed", "7", "--balance", "12.5", "--high-tier",
            "--local-webhooks", "--manual-clock", "--run-time", "1.5", "--pass-through", "0.1", "--preview-rows", "3", "--link-lifetime", "60"]).Apply(options);

        (options.Url, options.ApiKey, options.TimeScale, options.Seed, options.BalanceCents,
            options.HighTierEnabled, options.AllowsLocalWebhooks, options.ManualClock)
            .Should().Be((new Uri("http://127.0.0.1:7000"), "k", 2.5, 7, 12.5m, true, true, true));
        (options.PassThroughShare, options.PreviewRows, options.LinkLifetime).Should().Be((0.1, 3, TimeSpan.FromMinutes(1)));
        options.RunTime!(new Random(1)).Should().Be(TimeSpan.FromSeconds(1.5));
    }

    /// <summary>Can be read while others write.</summary>
    private sealed class Transcript : StringWriter
    {
        private readonly object _gate = new();

        public override void WriteLine()
        {
            lock (_gate)
            {
                base.WriteLine();
            }
        }

        public override void WriteLine(string? value)
        {
            lock (_gate)
            {
                base.WriteLine(value);
            }
        }

        public override string ToString()
        {
            lock (_gate)
            {
                return base.ToString();
            }
        }
    }
}
