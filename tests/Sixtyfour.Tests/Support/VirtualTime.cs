namespace Sixtyfour.Tests.Support;

/// <summary>Long runs on a fake clock, one at a time: only where nothing else is at work can be seen when the code under test is at rest.</summary>
[CollectionDefinition(nameof(VirtualTime), DisableParallelization = true)]
public sealed class VirtualTime;
