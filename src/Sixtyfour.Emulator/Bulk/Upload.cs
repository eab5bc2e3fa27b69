namespace Sixtyfour.Emulator.Bulk;

/// <summary>The two parts of a submission as they arrived.</summary>
internal sealed class Upload : IDisposable
{
    private SpooledFile? _file;

    public string? Config { get; set; }

    public string? FileName { get; set; }

    /// <summary>The file is longer than allowed; the rest of it was not read.</summary>
    public bool IsTooLarge { get; set; }

    /// <summary>Why the body is no form.</summary>
    public string? Flaw { get; set; }

    public SpooledFile? File
    {
        get => _file;
        set
        {
            _file?.Dispose();
            _file = value;
        }
    }

    /// <summary>The file belongs to whoever works on it from now on.</summary>
    public void LetGoOfTheFile() => _file = null;

    public void Dispose() => _file?.Dispose();
}
