namespace Sixtyfour.Tests.Support;

/// <summary>For properties that must block on asynchronous code: on the only thread of the pool they would wait for good.</summary>
internal static class OwnThread
{
    public static Task RunAsync(Action test) =>
        Task.Factory.StartNew(test, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
