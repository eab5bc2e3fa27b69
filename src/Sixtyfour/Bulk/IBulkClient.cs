namespace Sixtyfour;

/// <summary>
/// Research in bulk: a file of people or companies in, a file of rows out (<c>/bulk-intelligence</c>). For calling and faking, not for implementing: it
/// may gain members in a minor version.
/// </summary>
/// <remarks>
/// The service charges per row. A submission carries an idempotency key, so it is sent again after a failure without being paid again. The service takes 10
/// submissions a minute per organization; the client keeps to it (<see cref="RateLimitOptions.BulkSubmissionsPerMinute"/>) and counts repeated ones as well,
/// which the service does not.
/// </remarks>
public interface IBulkClient
{
    /// <summary>Counts rows and costs on this machine. Sends nothing.</summary>
    /// <param name="file">The people; it is read to its end.</param>
    /// <param name="options">Tier and price.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    /// <exception cref="ArgumentException">The file cannot be read in the format that its name says.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    Task<BulkEstimate> EstimatePeopleAsync(BulkFile file, BulkOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="EstimatePeopleAsync"/>
    /// <param name="file">The companies; it is read to its end.</param>
    /// <param name="options">Tier and price; no price is documented.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    Task<BulkEstimate> EstimateCompaniesAsync(BulkFile file, CompanyBulkOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Starts the research of a file of people. Charged per row by tier, when the job has ended.</summary>
    /// <param name="file">The people: at most 100,000,000 bytes and 100,000 rows.</param>
    /// <param name="fields">What to find out about each.</param>
    /// <param name="options">Tier, price, ceiling, key and settings of this call.</param>
    /// <param name="cancellationToken">
    /// Honored until the end of the file is sent; then the call waits for the answer, because it holds an id that is paid for.
    /// </param>
    /// <returns>A handle; store its id.</returns>
    /// <exception cref="ArgumentException">
    /// The file is empty, beyond a limit, or cannot be read back: the message names row, line and column. Nothing was sent.
    /// </exception>
    /// <exception cref="FileNotFoundException">The file does not exist; nothing was sent.</exception>
    /// <exception cref="CostLimitException">The rows could cost more than <see cref="BulkSubmitOptions.MaxCostCents"/>; nothing was sent.</exception>
    /// <exception cref="BulkInputChangedException">The file changed while it was sent; it cannot have been accepted.</exception>
    /// <exception cref="OutcomeUnknownException">
    /// No answer came after all attempts. It carries the key: submitting again with it cannot charge twice.
    /// </exception>
    /// <exception cref="InvalidResponseException">
    /// The answer holds no job id, so you cannot wait for the job. Its inner exception carries the key: submitting again with it cannot charge twice.
    /// </exception>
    /// <exception cref="SixtyfourException">The service refused the file, or could not be reached.</exception>
    Task<BulkJob> SubmitPeopleAsync(BulkFile file, EnrichmentStruct fields, BulkSubmitOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="SubmitPeopleAsync(BulkFile, EnrichmentStruct, BulkSubmitOptions, CancellationToken)"/>
    /// <typeparam name="T">What to find out about each, as a type; see <see cref="EnrichmentStruct.For{T}"/>.</typeparam>
    /// <param name="file">The people: at most 100,000,000 bytes and 100,000 rows.</param>
    /// <param name="options">Tier, price, ceiling, key and settings of this call.</param>
    /// <param name="cancellationToken">
    /// Honored until the end of the file is sent; then the call waits for the answer, because it holds an id that is paid for.
    /// </param>
    Task<BulkJob> SubmitPeopleAsync<T>(BulkFile file, BulkSubmitOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Starts the research of a file of companies. Charged per row by tier, when the job has ended.</summary>
    /// <inheritdoc cref="SubmitPeopleAsync(BulkFile, EnrichmentStruct, BulkSubmitOptions, CancellationToken)"/>
    /// <param name="file">The companies: at most 100,000,000 bytes and 100,000 rows.</param>
    /// <param name="fields">What to find out about each.</param>
    /// <param name="options">Tier, price, ceiling, key and settings of this call.</param>
    /// <param name="cancellationToken">
    /// Honored until the end of the file is sent; then the call waits for the answer, because it holds an id that is paid for.
    /// </param>
    Task<BulkJob> SubmitCompaniesAsync(
        BulkFile file, EnrichmentStruct fields, CompanyBulkSubmitOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="SubmitCompaniesAsync(BulkFile, EnrichmentStruct, CompanyBulkSubmitOptions, CancellationToken)"/>
    /// <typeparam name="T">What to find out about each, as a type; see <see cref="EnrichmentStruct.For{T}"/>.</typeparam>
    /// <param name="file">The companies: at most 100,000,000 bytes and 100,000 rows.</param>
    /// <param name="options">Tier, price, ceiling, key and settings of this call.</param>
    /// <param name="cancellationToken">
    /// Honored until the end of the file is sent; then the call waits for the answer, because it holds an id that is paid for.
    /// </param>
    Task<BulkJob> SubmitCompaniesAsync<T>(BulkFile file, CompanyBulkSubmitOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Researches any number of people: splits them into files, submits these as fast as the service accepts them and waits for all. A run that was killed at
    /// any moment continues when you start it again with the same journal and the same rows: nothing is charged twice, and no row is lost or repeated. Charged
    /// per row.
    /// </summary>
    /// <remarks>
    /// <para>Each row gets a <c>row_id</c>, its position in the input from 0, by which results are joined; the input must not already have such a column. Files
    /// and seekable streams are read once before anything is sent, to find problems and the expected cost; sequences and other streams are checked file by
    /// file.</para>
    /// <para>The ceiling counts what was charged, what the service estimated for the jobs under way, and rows times price for the next file, at the highest
    /// price so far. A file that does not fit waits until jobs under way have ended; if it still does not fit, the run ends with
    /// <see cref="CostLimitException"/>.</para>
    /// <para>A submission that fails ends the run; jobs that were started go on, and their ids are in the journal. A job that fails ends the run after all
    /// others.</para>
    /// </remarks>
    /// <param name="file">The people, in the same order every time.</param>
    /// <param name="journal">Where the run stores what must survive a crash. One journal, one run.</param>
    /// <param name="fields">What to find out about each.</param>
    /// <param name="options">Tier, price, ceiling, progress and settings of each submission.</param>
    /// <param name="cancellationToken">Ends submitting and waiting; jobs that were started go on.</param>
    /// <exception cref="ArgumentException">The input is empty, already has a column <c>row_id</c>, or is not in the format that its name says.</exception>
    /// <exception cref="BulkInputChangedException">
    /// The journal was begun with other rows, another configuration, endpoint or account; nothing was sent.
    /// </exception>
    /// <exception cref="CostLimitException">
    /// The rows could cost more than <see cref="BulkRunOptions{TOptions}.MaxCostCents"/>. Run again with a higher one to continue.
    /// </exception>
    /// <exception cref="OutcomeUnknownException">
    /// No answer came for a file. Run again within <see cref="BulkRunOptions{TOptions}.KeyLifetime"/> to continue.
    /// </exception>
    /// <exception cref="BulkRunIncompleteException">
    /// A job ended without a result, or the service no longer knows it, or the key of a file without an answer is older than
    /// <see cref="BulkRunOptions{TOptions}.KeyLifetime"/>; thrown after all others have ended, with their rows.
    /// </exception>
    /// <exception cref="InvalidDataException">The journal is damaged.</exception>
    /// <exception cref="IOException">
    /// The journal cannot be read or written, or another run has it open. If a job was just started, the message names its id.
    /// </exception>
    /// <exception cref="SixtyfourException">A file was refused, or the service could not be reached.</exception>
    Task<BulkResult> RunPeopleAsync(
        BulkFile file, BulkJournal journal, EnrichmentStruct fields, BulkRunOptions<BulkOptions>? options = null,
        CancellationToken cancellationToken = default);

    /// <inheritdoc cref="RunPeopleAsync(BulkFile, BulkJournal, EnrichmentStruct, BulkRunOptions{BulkOptions}, CancellationToken)"/>
    /// <typeparam name="T">What to find out about each, as a type; see <see cref="EnrichmentStruct.For{T}"/>.</typeparam>
    /// <param name="file">The people, in the same order every time.</param>
    /// <param name="journal">Where the run stores what must survive a crash. One journal, one run.</param>
    /// <param name="options">Tier, price, ceiling, progress and settings of each submission.</param>
    /// <param name="cancellationToken">Ends submitting and waiting; jobs that were started go on.</param>
    Task<BulkResult> RunPeopleAsync<T>(
        BulkFile file, BulkJournal journal, BulkRunOptions<BulkOptions>? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Researches any number of companies, as
    /// <see cref="RunPeopleAsync(BulkFile, BulkJournal, EnrichmentStruct, BulkRunOptions{BulkOptions}, CancellationToken)"/> does people.
    /// </summary>
    /// <inheritdoc cref="RunPeopleAsync(BulkFile, BulkJournal, EnrichmentStruct, BulkRunOptions{BulkOptions}, CancellationToken)"/>
    /// <param name="file">The companies, in the same order every time.</param>
    /// <param name="journal">Where the run stores what must survive a crash. One journal, one run.</param>
    /// <param name="fields">What to find out about each.</param>
    /// <param name="options">Tier, price, ceiling, progress and settings of each submission.</param>
    /// <param name="cancellationToken">Ends submitting and waiting; jobs that were started go on.</param>
    Task<BulkResult> RunCompaniesAsync(
        BulkFile file, BulkJournal journal, EnrichmentStruct fields, BulkRunOptions<CompanyBulkOptions>? options = null,
        CancellationToken cancellationToken = default);

    /// <inheritdoc cref="RunCompaniesAsync(BulkFile, BulkJournal, EnrichmentStruct, BulkRunOptions{CompanyBulkOptions}, CancellationToken)"/>
    /// <typeparam name="T">What to find out about each, as a type; see <see cref="EnrichmentStruct.For{T}"/>.</typeparam>
    /// <param name="file">The companies, in the same order every time.</param>
    /// <param name="journal">Where the run stores what must survive a crash. One journal, one run.</param>
    /// <param name="options">Tier, price, ceiling, progress and settings of each submission.</param>
    /// <param name="cancellationToken">Ends submitting and waiting; jobs that were started go on.</param>
    Task<BulkResult> RunCompaniesAsync<T>(
        BulkFile file, BulkJournal journal, BulkRunOptions<CompanyBulkOptions>? options = null, CancellationToken cancellationToken = default);

    /// <summary>A handle on a bulk job that was started before, here or in another process, of people or companies. Sends nothing.</summary>
    /// <param name="jobId">The id that the submission returned.</param>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is empty or white space.</exception>
    BulkJob GetJob(string jobId);
}
