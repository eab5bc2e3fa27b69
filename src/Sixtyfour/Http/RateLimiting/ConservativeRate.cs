namespace Sixtyfour.Http.RateLimiting;

/// <summary>The fastest pace while others use the key: cut by refusals, regained over time.</summary>
internal sealed class ConservativeRate
{
    private double? _cut;
    private TimeSpan _cutAt;
    private bool _acceptedSinceCut;

    public double PerMinute(TimeSpan now, double limit)
    {
        if (_cut is not { } cut)
        {
            return limit;
        }

        var regained = (Math.Pow(2, (now - _cutAt).TotalSeconds / RateLimitRules.RegainDoubles.TotalSeconds) - 1) * limit / RateLimitRules.ReferenceLimit;
        return Math.Min(limit, cut + regained);
    }

    public void Accepted(TimeSpan sentAt) => _acceptedSinceCut |= _cut is null || sentAt > _cutAt;

    /// <summary>A refusal that follows a refusal cuts nothing: it says nothing new about the pace.</summary>
    public void Refused(TimeSpan now, TimeSpan sentAt, double limit, int held, bool isYoung, bool hasHeaders)
    {
        if (!_acceptedSinceCut || (_cut is not null && sentAt <= _cutAt))
        {
            return;
        }

        var rate = PerMinute(now, limit);
        if (isYoung && rate > limit / 2)
        {
            rate = limit / 2;
        }
        else
        {
            var from = isYoung ? rate : Math.Min(rate, (hasHeaders ? RateLimitRules.CutBase : RateLimitRules.CutBaseBlind) * held);
            var cut = from * (1 - Math.Max(RateLimitRules.LeastCut, held / limit * RateLimitRules.CutByShare));
            rate = Math.Max(Math.Max(RateLimitRules.LeastRateAt(limit), rate * RateLimitRules.DeepestCut), cut);
        }

        (_cut, _cutAt, _acceptedSinceCut) = (rate, now, false);
    }
}
