namespace Sixtyfour.Jobs.Scheduling;

/// <summary>
/// How long jobs of one kind run: the vendor's figures, outweighed by what is seen. Ages are cut into bins; a bin's hazard is events by seconds of exposure.
/// </summary>
internal sealed class RunTimeModel
{
    private readonly double[] _events = new double[ScheduleRules.Bins];
    private readonly double[] _exposure = new double[ScheduleRules.Bins];

    // At the edges of the bins: hazard summed, survival, and survival summed.
    private readonly double[] _hazardBefore = new double[ScheduleRules.Bins + 1];
    private readonly double[] _alive = new double[ScheduleRules.Bins + 1];
    private readonly double[] _aliveBefore = new double[ScheduleRules.Bins + 1];
    private bool _isStale = true;

    public RunTimeModel()
    {
        var alive = 1.0;
        for (var bin = 0; bin < ScheduleRules.Bins; bin++)
        {
            var next = PriorSurvival((bin + 1) * ScheduleRules.BinSeconds);
            _events[bin] = ScheduleRules.PriorJobs * (alive - next);
            _exposure[bin] = ScheduleRules.PriorJobs * ScheduleRules.BinSeconds * (alive + next) / 2;
            alive = next;
        }
    }

    private static double End => ScheduleRules.Bins * ScheduleRules.BinSeconds;

    private double TailHazard => Hazard(ScheduleRules.Bins - 1);

    /// <summary>What a look at a job would bring that was seen unfinished at one age and has reached another.</summary>
    public Prospect Look(double from, double to)
    {
        Refresh();
        var survives = Math.Exp(HazardUpTo(from) - HazardUpTo(to));
        var run = ExpectedRun(from, to);
        return new(1 - survives, run - ((to - from) * survives), to - from - run);
    }

    /// <summary>A look found it unfinished.</summary>
    public void Unfinished(double from, double to)
    {
        Each(from, to, (bin, low, high) => _exposure[bin] += high - low);
        _isStale = true;
    }

    /// <summary>A look found that it has ended, somewhere in between: as likely here or there as the model has it so far.</summary>
    public void Finished(double from, double to)
    {
        Refresh();
        var atStart = HazardUpTo(from);
        var last = Math.Exp(atStart - HazardUpTo(to));
        if (to <= from || last >= 1)
        {
            return;
        }

        Each(from, to, (bin, low, high) =>
        {
            var aliveLow = Math.Exp(atStart - HazardUpTo(low));
            var aliveHigh = Math.Exp(atStart - HazardUpTo(high));
            _events[bin] += (aliveLow - aliveHigh) / (1 - last);
            _exposure[bin] += Math.Max(0, (high - low) * (((aliveLow + aliveHigh) / 2) - last) / (1 - last));
        });
        _isStale = true;
    }

    private static double PriorSurvival(double age) =>
        age >= End ? 0 : Normal.Above(Math.Log(age / ScheduleRules.PriorMedianSeconds) / ScheduleRules.PriorSigma);

    private static void Each(double from, double to, Action<int, double, double> part)
    {
        to = Math.Min(to, End);
        for (var low = from; low < to;)
        {
            var bin = Math.Min((int)(low / ScheduleRules.BinSeconds), ScheduleRules.Bins - 1);
            var high = Math.Min(to, (bin + 1) * ScheduleRules.BinSeconds);
            part(bin, low, high);
            low = high;
        }
    }

    private double Hazard(int bin) => _events[bin] / _exposure[bin];

    private void Refresh()
    {
        if (!_isStale)
        {
            return;
        }

        _isStale = false;
        _alive[0] = 1;
        for (var bin = 0; bin < ScheduleRules.Bins; bin++)
        {
            var hazard = Hazard(bin);
            _hazardBefore[bin + 1] = _hazardBefore[bin] + (hazard * ScheduleRules.BinSeconds);
            _alive[bin + 1] = Math.Exp(-_hazardBefore[bin + 1]);
            _aliveBefore[bin + 1] = _aliveBefore[bin] + Sum(_alive[bin], hazard, ScheduleRules.BinSeconds);
        }
    }

    private double HazardUpTo(double age)
    {
        if (age >= End)
        {
            return _hazardBefore[ScheduleRules.Bins] + ((age - End) * TailHazard);
        }

        var bin = (int)(age / ScheduleRules.BinSeconds);
        return _hazardBefore[bin] + ((age - (bin * ScheduleRules.BinSeconds)) * Hazard(bin));
    }

    // The integral of survival from one age to another, given that it was alive at the first.
    private double ExpectedRun(double from, double to)
    {
        if (from >= End || _alive[ScheduleRules.Bins] <= 0)
        {
            return Sum(1, TailHazard, to - from);
        }

        var whole = AliveUpTo(Math.Min(to, End)) - AliveUpTo(from);
        var beyond = to > End ? Sum(_alive[ScheduleRules.Bins], TailHazard, to - End) : 0;
        return (whole + beyond) / Math.Exp(-HazardUpTo(from));
    }

    private double AliveUpTo(double age)
    {
        var bin = Math.Min((int)(age / ScheduleRules.BinSeconds), ScheduleRules.Bins - 1);
        return _aliveBefore[bin] + Sum(_alive[bin], Hazard(bin), age - (bin * ScheduleRules.BinSeconds));
    }

    private static double Sum(double alive, double hazard, double seconds) =>
        hazard * seconds < 1e-9 ? alive * seconds : alive * (1 - Math.Exp(-hazard * seconds)) / hazard;
}
