using System.Net;
using System.Net.Sockets;
using Sixtyfour.Http;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Http;

/// <summary>A dead address must not hide a working one.</summary>
public sealed class AddressRaceTests
{
    private static readonly IPAddress s_one = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_two = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress s_six = IPAddress.Parse("2001:db8::1");

    private readonly FakeClock _clock = new();
    private readonly Dictionary<IPAddress, TaskCompletionSource<Line>> _lines = [];
    private readonly List<IPAddress> _tried = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Families_alternate_and_the_first_one_begins()
    {
        AddressRace.Alternate([s_six, s_one, s_two]).Should().Equal(s_six, s_one, s_two);
        AddressRace.Alternate([s_one, s_two, s_six]).Should().Equal(s_one, s_six, s_two);
        AddressRace.Alternate([s_one]).Should().Equal(s_one);
    }

    [Fact]
    public async Task An_address_that_is_silent_gives_the_next_one_its_turn_after_a_quarter_second()
    {
        var race = Race(s_one, s_two);
        _tried.Should().Equal(s_one);

        _clock.Advance(TimeSpan.FromMilliseconds(249));
        _tried.Should().Equal(s_one);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await Eventually.TrueAsync(() => _tried.Count is 2);
        var line = Answer(s_two);

        (await race).Should().BeSameAs(line);
    }

    [Fact]
    public async Task An_address_that_refuses_gives_the_next_one_its_turn_at_once()
    {
        var race = Race(s_one, s_two);

        _lines[s_one].SetException(new SocketException((int)SocketError.ConnectionRefused));
        await Eventually.TrueAsync(() => _tried.Count is 2);
        var line = Answer(s_two);

        (await race).Should().BeSameAs(line);
    }

    [Fact]
    public async Task A_connection_that_comes_too_late_is_closed()
    {
        var race = Race(s_one, s_two);
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        await Eventually.TrueAsync(() => _tried.Count is 2);
        var winner = Answer(s_two);
        await race;

        var loser = Answer(s_one);

        await Eventually.TrueAsync(() => loser.IsClosed);
        winner.IsClosed.Should().BeFalse();
    }

    [Fact]
    public async Task When_no_address_answers_the_first_failure_is_told()
    {
        var race = Race(s_one, s_two);

        _lines[s_one].SetException(new SocketException((int)SocketError.HostUnreachable));
        await Eventually.TrueAsync(() => _tried.Count is 2);
        _lines[s_two].SetException(new SocketException((int)SocketError.ConnectionRefused));

        (await FluentActions.Awaiting(() => race).Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.HostUnreachable);
    }

    [Fact]
    public async Task A_caller_who_leaves_ends_the_race_and_what_still_connects_is_closed()
    {
        using var caller = new CancellationTokenSource();
        var race = Race(caller.Token, s_one, s_two);

        await caller.CancelAsync();

        await FluentActions.Awaiting(() => race).Should().ThrowAsync<OperationCanceledException>();
        var late = Answer(s_one);
        await Eventually.TrueAsync(() => late.IsClosed);
    }

    private Task<Line> Race(params IPAddress[] addresses) => Race(Token, addresses);

    private Task<Line> Race(CancellationToken token, params IPAddress[] addresses) => AddressRace.RunAsync(
        addresses,
        (address, _) =>
        {
            _lines[address] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _tried.Add(address);
            return _lines[address].Task;
        },
        _clock,
        token);

    private Line Answer(IPAddress address)
    {
        var line = new Line();
        _lines[address].SetResult(line);
        return line;
    }

    private sealed class Line : IDisposable
    {
        private volatile bool _isClosed;

        public bool IsClosed => _isClosed;

        public void Dispose() => _isClosed = true;
    }
}
