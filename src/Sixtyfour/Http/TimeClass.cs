namespace Sixtyfour.Http;

/// <summary>Which limits a request lives under.</summary>
internal enum TimeClass
{
    /// <summary>Answered at once: job starts, polls, look-ups.</summary>
    Quick,

    /// <summary>Silent until an agent has finished.</summary>
    Agent,

    /// <summary>As long as bytes move.</summary>
    Transfer,
}
