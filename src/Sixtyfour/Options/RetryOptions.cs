namespace Sixtyfour;

/// <summary>When and how often a request is sent again. Which failures are retried is fixed: see the page on errors and retries.</summary>
public sealed class RetryOptions
{
    /// <summary>How many times a request may be sent again after its first attempt.</summary>
    /// <value>4. From 0 (never) to 20.</value>
    public int MaxRetries { get; set; } = 4;

    /// <summary>The wait before the first retry where the service gives no hint; it doubles with each further retry, with jitter.</summary>
    /// <value>1 second. From 1 millisecond to 1 hour, at most <see cref="MaxDelay"/>.</value>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before a retry where the service gives no hint.</summary>
    /// <value>60 seconds. From <see cref="BaseDelay"/> to 24 hours.</value>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Sends a call that costs money again after the service has answered it with 500.</summary>
    /// <value>
    /// True: the vendor's errors page documents "wait and retry" for 500 without an exception for paid calls. When false, such a call fails with
    /// <see cref="OutcomeUnknownException"/>.
    /// </value>
    public bool RetryPaidCallsOnServerError { get; set; } = true;
}
