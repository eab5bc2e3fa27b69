using Microsoft.AspNetCore.Http;

namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>How a delivery ended.</summary>
internal enum Outcome
{
    Handled,
    Repeated,
    Refused,
    Unreadable,
    TooLarge,
    TooSlow,
    SenderLeft,
    HandlerFailed,
    HandlerTimedOut,
}

/// <summary>The answers to the sender: a status and one word. Reasons are only logged, because an answer would reveal them to an attacker.</summary>
internal static class Answers
{
    public static (int Status, string Word) To(Outcome outcome) => outcome switch
    {
        Outcome.Handled => (StatusCodes.Status200OK, "handled"),
        Outcome.Repeated => (StatusCodes.Status200OK, "repeated"),
        Outcome.Refused => (StatusCodes.Status401Unauthorized, "unverified"),
        Outcome.Unreadable => (StatusCodes.Status400BadRequest, "unreadable"),
        Outcome.TooLarge => (StatusCodes.Status413PayloadTooLarge, "large"),
        Outcome.TooSlow => (StatusCodes.Status408RequestTimeout, "slow"),
        Outcome.HandlerTimedOut => (StatusCodes.Status500InternalServerError, "late"),
        _ => (StatusCodes.Status500InternalServerError, "failed"),
    };
}
