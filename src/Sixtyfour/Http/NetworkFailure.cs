using System.Net.Sockets;
using System.Security.Authentication;

namespace Sixtyfour.Http;

/// <summary>The reason of a network failure without the credentials of a proxy, which the framework repeats.</summary>
internal static class NetworkFailure
{
    public static string Reason(Exception failure) => failure switch
    {
        HttpRequestException or IOException => PersonalData.MaskCredentials(Innermost(failure).Message.TrimEnd('.')),
        // Such as the connect timeout of the handler: "TaskCanceledException" would not show which limit passed.
        OperationCanceledException { InnerException: TimeoutException passed } => passed.Message.TrimEnd('.'),
        OperationCanceledException => "a handler below the client canceled it before any limit of the client had passed",
        // Of the application: what it says is the only clue to what it wants.
        _ => $"{failure.GetType().Name}: {PersonalData.Mask(PersonalData.MaskCredentials(failure.Message.TrimEnd('.')))}",
    };

    /// <summary>The same failure, or, where a message in it holds credentials, a copy without them.</summary>
    public static Exception WithoutCredentials(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (PersonalData.MaskCredentials(inner.Message) != inner.Message)
            {
                return Copy(failure);
            }
        }

        return failure;
    }

    private static HttpRequestException Copy(Exception failure) =>
        new($"{failure.GetType().Name}: {PersonalData.MaskCredentials(failure.Message)}", failure.InnerException is { } inner ? Copy(inner) : null);

    // "Connection reset by peer" says more than "An error occurred while sending the request".
    private static Exception Innermost(Exception failure)
    {
        while (failure.InnerException is HttpRequestException or IOException or SocketException or TimeoutException or AuthenticationException)
        {
            failure = failure.InnerException;
        }

        return failure;
    }
}
