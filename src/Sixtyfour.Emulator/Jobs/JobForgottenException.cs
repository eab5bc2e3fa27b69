namespace Sixtyfour.Emulator.Jobs;

/// <summary>The job was forgotten while somebody asked about it.</summary>
internal sealed class JobForgottenException(Exception inner) : OperationCanceledException("The emulator has forgotten this job.", inner);
