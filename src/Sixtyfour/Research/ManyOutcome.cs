using System.Diagnostics.CodeAnalysis;

namespace Sixtyfour;

/// <summary>How one input of a many-run ended: with a result or with an error. It carries the caller's own input, since outcomes come as jobs finish.</summary>
/// <typeparam name="TInput">The caller's input.</typeparam>
/// <typeparam name="TResult">What a job ends with.</typeparam>
public sealed class ManyOutcome<TInput, TResult>
    where TResult : class
{
    /// <summary>An outcome that has a result.</summary>
    /// <param name="input">The caller's input.</param>
    /// <param name="index">Its position among the inputs, from 0.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="result">What the job ended with.</param>
    public ManyOutcome(TInput input, long index, string? jobId, TResult result)
        : this(input, index, jobId) => Result = result ?? throw new ArgumentNullException(nameof(result));

    /// <summary>An outcome that has none.</summary>
    /// <param name="input">The caller's input.</param>
    /// <param name="index">Its position among the inputs, from 0.</param>
    /// <param name="jobId">The job; <see langword="null"/> when none was started, or its id is not known.</param>
    /// <param name="error">Why; its <see cref="SixtyfourException.JobId"/> and <see cref="SixtyfourException.IsSafeToRepeat"/> say what to do.</param>
    public ManyOutcome(TInput input, long index, string? jobId, SixtyfourException error)
        : this(input, index, jobId) => Error = error ?? throw new ArgumentNullException(nameof(error));

    private ManyOutcome(TInput input, long index, string? jobId)
    {
        Input = input;
        Index = index;
        JobId = jobId;
    }

    /// <summary>The caller's input.</summary>
    public TInput Input { get; }

    /// <summary>The position of the input, from 0.</summary>
    public long Index { get; }

    /// <summary>The job that was started or resumed for it.</summary>
    /// <value><see langword="null"/> when none was started, or its id is not known.</value>
    public string? JobId { get; }

    /// <summary>What the job ended with.</summary>
    public TResult? Result { get; }

    /// <summary>Why there is no result.</summary>
    public SixtyfourException? Error { get; }

    /// <summary>Whether there is a <see cref="Result"/>; otherwise there is an <see cref="Error"/>.</summary>
    [MemberNotNullWhen(true, nameof(Result))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Result is not null;

    /// <summary>Names position and job; prints no value.</summary>
    public override string ToString() => $"Outcome {Index}, job {JobId ?? "none"}: {(Succeeded ? "succeeded" : Error.GetType().Name)}";
}
