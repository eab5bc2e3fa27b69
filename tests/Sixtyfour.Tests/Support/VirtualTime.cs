// One test after the other and without a synchronization context: what xunit or another test has queued would keep the clock of a test from advancing, see
// FakeClock.
[assembly: CollectionBehavior(DisableTestParallelization = true, MaxParallelThreads = -1)]
