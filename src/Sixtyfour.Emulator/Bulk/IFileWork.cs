namespace Sixtyfour.Emulator.Bulk;

/// <summary>Work that leaves files.</summary>
internal interface IFileWork
{
    /// <summary>The files, in the order of the blocks that made them.</summary>
    /// <exception cref="Jobs.JobForgottenException">The emulator was reset meanwhile.</exception>
    Task<IReadOnlyList<StageFile>> FilesAsync();
}
