using System.Globalization;

namespace Sixtyfour;

/// <summary>
/// A bulk run has ended, and some of its files have no result: their jobs failed or were canceled, or it is unknown whether they were accepted. The rows
/// of the others are in <see cref="Completed"/>. None of the files is sent again, and running again with the same journal ends in the same way.
/// </summary>
/// <remarks>The message quotes that of the first failure, in which personal data is masked; the whole texts are in <see cref="Failures"/>.</remarks>
public sealed class BulkRunIncompleteException : SixtyfourException
{
    /// <summary>Makes the exception of a run that lacks some of its files.</summary>
    /// <param name="completed">The rows of the files that have a result.</param>
    /// <param name="failures">Why each of the others has none, in input order; at least one.</param>
    /// <exception cref="ArgumentException"><paramref name="failures"/> is empty.</exception>
    public BulkRunIncompleteException(BulkResult completed, IReadOnlyList<SixtyfourException> failures)
        : base(Describe(failures), failures[0])
    {
        ArgumentNullException.ThrowIfNull(completed);
        Completed = completed;
        Failures = failures;
        JobId = failures[0].JobId;
    }

    /// <summary>The rows of the files that have a result; <see cref="ResultRow.Index"/> is their position in the whole input. Yours to dispose.</summary>
    public BulkResult Completed { get; }

    /// <summary>
    /// One for each file without a result, in input order: a <see cref="JobFailedException"/>, or an <see cref="OutcomeUnknownException"/> with the key the
    /// file was sent under.
    /// </summary>
    public IReadOnlyList<SixtyfourException> Failures { get; }

    private static string Describe(IReadOnlyList<SixtyfourException> failures)
    {
        ArgumentNullException.ThrowIfNull(failures);
        return failures.Count is 0
            ? throw new ArgumentException("There must be at least one.", nameof(failures))
            : string.Format(
                CultureInfo.InvariantCulture,
                "{0} of the files of the run {1} no result; the rows of the others are in {2}. Running again with the same journal sends none of them again. "
                    + "The first of {3}: {4}",
                failures.Count,
                failures.Count is 1 ? "has" : "have",
                nameof(Completed),
                nameof(Failures),
                failures[0].Message);
    }
}
