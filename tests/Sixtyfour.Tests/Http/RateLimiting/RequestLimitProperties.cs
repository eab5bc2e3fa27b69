using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Http.RateLimiting;

namespace Sixtyfour.Tests.Http.RateLimiting;

/// <summary>What holds for any traffic, any latency and any server.</summary>
public sealed class RequestLimitProperties
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    // An arrival counts somewhere between sending and reply, but at most 5 seconds after sending; what is silent longer was counted by then.
    [Fact]
    public void Alone_no_window_of_any_server_ever_holds_more_than_the_limit() => Prop.ForAll(Seeds, seed =>
    {
        var traffic = new Traffic(seed, headers: false, agentCalls: true);
        traffic.Run(TimeSpan.FromMinutes(8));
        var arrivals = traffic.Arrivals.Order().ToList();
        return arrivals.Count > traffic.Limit
            && Enumerable.Range(0, Math.Max(0, arrivals.Count - traffic.Limit)).All(i => arrivals[i + traffic.Limit] - arrivals[i] >= Minute);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void With_headers_of_a_sliding_window_nothing_is_ever_refused_alone() => Prop.ForAll(Seeds, seed =>
    {
        var traffic = new Traffic(seed, headers: true, agentCalls: false);
        traffic.Run(TimeSpan.FromMinutes(8));
        return traffic.Refused is 0 && traffic.Arrivals.Count > 4 * traffic.Limit;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Whoever_waits_is_told_a_time_after_which_something_changes() => Prop.ForAll(Seeds, seed =>
    {
        var traffic = new Traffic(seed, headers: seed % 2 is 0, agentCalls: seed % 3 is 0, refusals: 0.05);
        traffic.Run(TimeSpan.FromMinutes(20));
        // Pauses are a minute at most, and beside others 25 of 500 a minute always go.
        return traffic.LongestWait < TimeSpan.FromSeconds(150);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void No_slot_leaks_whatever_becomes_of_the_requests() => Prop.ForAll(Seeds, seed =>
    {
        var traffic = new Traffic(seed, headers: seed % 2 is 0, agentCalls: true, refusals: 0.1, givesBack: 0.2, loses: 0.2);
        traffic.Run(TimeSpan.FromMinutes(5));
        return traffic.HeldAfter(TimeSpan.FromMinutes(10)) is 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Alone_on_the_key_a_client_never_finds_others_whatever_the_order_of_what_happens() => Prop.ForAll(Seeds, seed =>
    {
        var traffic = new AnyOrder(seed);
        traffic.Run(steps: 2_000);
        return !traffic.FoundOthers;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    /// <summary>
    /// One client, and a service that counts each request at any moment between its first byte and its answer, at most 5 seconds after it has left. The answer
    /// says what was left when the request was counted, or when the answer was written.
    /// </summary>
    private sealed class AnyOrder
    {
        private readonly Random _random;
        private readonly RequestLimit _state;
        private readonly int _limit;
        private readonly bool _isFixedWindow;
        private readonly bool _isStampedOnArrival;
        private readonly List<Request> _requests = [];
        private readonly Queue<TimeSpan> _window = new();
        private TimeSpan _windowEnd;
        private TimeSpan _now;

        public AnyOrder(int seed)
        {
            _random = new(seed);
            _limit = _random.Next(2, 60);
            (_isFixedWindow, _isStampedOnArrival) = (_random.Next(2) is 0, _random.Next(2) is 0);
            _windowEnd = Minute * _random.NextDouble();
            _state = new(_limit, Start, _random.NextDouble);
        }

        public bool FoundOthers { get; private set; }

        public void Run(int steps)
        {
            for (var i = 0; i < steps && !FoundOthers; i++)
            {
                Step();
                FoundOthers = _state.IsSharing(_now);
            }
        }

        private void Step()
        {
            switch (_random.Next(10))
            {
                case 0 or 1:
                    Take();
                    break;
                case 2:
                    Each(Stage.Taken, request => _state.GiveBack(request.Slot), Stage.Over, oneIn: 4);
                    break;
                case 3:
                    Each(Stage.Taken, request => _state.Uploading(request.Slot, _now), Stage.Uploading, oneIn: 2);
                    break;
                case 4:
                    Each(Stage.Taken, Send, Stage.Sent);
                    break;
                case 5:
                    Each(Stage.Uploading, Send, Stage.Sent);
                    break;
                case 6:
                    Count(request => request.Stage is Stage.Sent or Stage.Uploading);
                    break;
                case 7 or 8:
                    Each(Stage.Sent, Answer, Stage.Over);
                    break;
                default:
                    Pass(_random.Next(20) is 0 ? 30 * _random.NextDouble() : 0.2 * _random.NextDouble());
                    break;
            }
        }

        private void Take()
        {
            while (_random.Next(4) > 0 && _state.TryTake(_now, isAgentCall: false, isPatient: false, out _) is { } slot)
            {
                _requests.Add(new(slot));
            }
        }

        private void Each(Stage from, Action<Request> act, Stage to, int oneIn = 1)
        {
            var chosen = _requests.Where(r => r.Stage == from).OrderBy(_ => _random.Next()).Take(_random.Next(4)).ToList();
            foreach (var request in chosen.Where(_ => _random.Next(oneIn) is 0))
            {
                request.Stage = to;
                act(request);
            }

            _requests.RemoveAll(r => r.Stage is Stage.Over);
        }

        private void Send(Request request)
        {
            request.SentAt = _now;
            _state.Sent(request.Slot, _now);
        }

        private void Count(Func<Request, bool> which)
        {
            foreach (var request in _requests.Where(r => r.Remaining is null && which(r)))
            {
                Forget();
                _window.Count.Should().BeLessThan(_limit, "alone nothing is refused");
                _window.Enqueue(_now);
                request.Remaining = _limit - _window.Count;
            }
        }

        private void Answer(Request request)
        {
            Count(other => ReferenceEquals(other, request));
            Forget();
            var remaining = _isStampedOnArrival ? request.Remaining!.Value : _limit - _window.Count;
            _state.Accepted(request.Slot, _now, new(_limit, remaining, null, Start + _now));
        }

        private void Pass(double seconds)
        {
            for (var until = _now + TimeSpan.FromSeconds(seconds); _now < until;)
            {
                var latest = _requests.Where(r => r is { Stage: Stage.Sent, Remaining: null })
                    .Select(r => r.SentAt + TimeSpan.FromSeconds(5)).DefaultIfEmpty(until).Min();
                _now = latest < until ? latest : until;
                Count(request => request.Stage is Stage.Sent && request.SentAt + TimeSpan.FromSeconds(5) <= _now);
            }
        }

        private void Forget()
        {
            while (_isFixedWindow ? _now >= _windowEnd : _window.TryPeek(out var oldest) && oldest + Minute <= _now)
            {
                if (_isFixedWindow)
                {
                    _window.Clear();
                    _windowEnd += Minute;
                }
                else
                {
                    _window.Dequeue();
                }
            }
        }

        private enum Stage
        {
            Taken,
            Uploading,
            Sent,
            Over,
        }

        private sealed class Request(Slot slot)
        {
            public Slot Slot { get; } = slot;

            public Stage Stage { get; set; }

            public TimeSpan SentAt { get; set; }

            public int? Remaining { get; set; }
        }
    }

    /// <summary>Requests as fast as the budget lets them, over a network of random latency, to a sliding window.</summary>
    private sealed class Traffic
    {
        private readonly Random _random;
        private readonly RequestLimit _state;
        private readonly bool _headers;
        private readonly bool _agentCalls;
        private readonly double _refusals;
        private readonly double _givesBack;
        private readonly double _loses;
        private readonly PriorityQueue<Action, TimeSpan> _events = new();
        private readonly Queue<TimeSpan> _window = new();
        private TimeSpan _now;
        private TimeSpan _waitingSince;
        private TimeSpan _wakesAt;

        public Traffic(int seed, bool headers, bool agentCalls, double refusals = 0, double givesBack = 0, double loses = 0)
        {
            _random = new Random(seed);
            Limit = _random.Next(20, 600);
            _state = new(Limit, Start, _random.NextDouble);
            (_headers, _agentCalls, _refusals, _givesBack, _loses) = (headers, agentCalls, refusals, givesBack, loses);
        }

        public int Limit { get; }

        public List<TimeSpan> Arrivals { get; } = [];

        public int Refused { get; private set; }

        public TimeSpan LongestWait { get; private set; }

        public void Run(TimeSpan time)
        {
            Pump();
            while (_events.TryDequeue(out var action, out var at) && at < time)
            {
                _now = at > _now ? at : _now;
                action();
                Pump();
            }
        }

        public int HeldAfter(TimeSpan more)
        {
            while (_events.TryDequeue(out var action, out var at))
            {
                _now = at > _now ? at : _now;
                action();
            }

            _state.EarliestPermit(_now + more);
            return _state.Held;
        }

        private void Pump()
        {
            var isAgentCall = _agentCalls && _random.Next(2) is 0;
            while (_state.TryTake(_now, isAgentCall, out _) is { } slot)
            {
                LongestWait = _now - _waitingSince > LongestWait ? _now - _waitingSince : LongestWait;
                _waitingSince = _now;
                if (_random.NextDouble() < _givesBack)
                {
                    // Something must pass, or it would be taken and given back for ever.
                    _state.GiveBack(slot);
                    _wakesAt = _now + TimeSpan.FromMilliseconds(50);
                    _events.Enqueue(() => { }, _wakesAt);
                    return;
                }

                Send(slot, isAgentCall);
            }

            _state.TryTake(_now, isAgentCall, out var askAgain);
            if (askAgain < _wakesAt || _wakesAt <= _now)
            {
                _wakesAt = askAgain;
                if (askAgain != TimeSpan.MaxValue)
                {
                    _events.Enqueue(() => { }, askAgain);
                }
            }
        }

        private void Send(Slot slot, bool isAgentCall)
        {
            _state.Sent(slot, _now);
            var arrives = TimeSpan.FromSeconds(_random.NextDouble() * (_random.Next(10) is 0 ? 4.9 : 0.3));
            var answers = arrives + TimeSpan.FromSeconds(isAgentCall ? 120 * _random.NextDouble() : _random.NextDouble() * 0.3);
            _events.Enqueue(() => Arrive(slot, answers - arrives), _now + arrives);
        }

        private void Arrive(Slot slot, TimeSpan answersAfter)
        {
            while (_window.TryPeek(out var oldest) && oldest + Minute <= _now)
            {
                _window.Dequeue();
            }

            var isRefused = _window.Count >= Limit || _random.NextDouble() < _refusals;
            if (!isRefused)
            {
                _window.Enqueue(_now);
                Arrivals.Add(_now);
            }
            else
            {
                Refused++;
            }

            RateLimitHeaders? notice = _headers
                ? new(Limit, Math.Max(0, Limit - _window.Count), Start + (_window.TryPeek(out var first) ? first : _now) + Minute, Start + _now)
                : null;
            var isLost = _random.NextDouble() < _loses;
            _events.Enqueue(
                () =>
                {
                    if (isLost)
                    {
                        _state.Lost(slot, _now);
                    }
                    else if (isRefused)
                    {
                        _state.Refused(slot, _now, notice, null);
                    }
                    else
                    {
                        _state.Accepted(slot, _now, notice);
                    }
                },
                _now + (isRefused ? TimeSpan.FromMilliseconds(100) : answersAfter));
        }
    }
}
