namespace Sixtyfour.FaultCampaign.Proxy;

/// <summary>At which point of an exchange a fault strikes, and whether the service has done the work by then.</summary>
internal enum FaultStage
{
    None,

    /// <summary>Behind the head of the request: the body is not read, nothing runs.</summary>
    ResetBehindHead,

    /// <summary>Behind the whole request, and nothing runs.</summary>
    ResetBehindRequest,

    /// <summary>Another answer than that of the service; nothing runs.</summary>
    AnswerWithoutRunning,

    /// <summary>No answer at all until the client leaves; nothing runs.</summary>
    HangWithoutRunning,

    /// <summary>The service gets the request twice, as from a gateway that repeats; the client gets the second answer.</summary>
    DeliverTwice,

    /// <summary>It ran, and the answer is the failure of a gateway.</summary>
    RunThenAnswer,

    /// <summary>It ran, and the connection ends without an answer.</summary>
    RunThenLose,

    /// <summary>It ran, and no answer comes until the client leaves.</summary>
    RunThenHang,

    /// <summary>It ran, and the answer ends in the middle of its head.</summary>
    CutInHead,

    /// <summary>It ran, and the answer ends in the middle of the promised body.</summary>
    CutInBody,

    /// <summary>It ran, and the answer, which promised no length, ends in the middle: to the protocol it is whole.</summary>
    CutWithoutLength,

    /// <summary>It ran, and the answer is whole but comes in small pieces.</summary>
    Drip,

    /// <summary>It ran, and a 200 comes without a body.</summary>
    EmptyBody,

    /// <summary>It ran, and the answer has another form than the documented one.</summary>
    OddAnswer,

    /// <summary>The answer is in order; the connection is closed behind it without a word.</summary>
    CloseBehindAnswer,
}

/// <summary>One way in which an exchange goes wrong.</summary>
/// <param name="Stage">Where it strikes.</param>
/// <param name="Name">How tables and findings call it.</param>
internal sealed record ProxyFault(FaultStage Stage, string Name)
{
    public static readonly ProxyFault None = new(FaultStage.None, "none");

    public int Weight { get; init; } = 1;

    public int Status { get; init; }

    public string? RetryAfter { get; init; }

    public string? Body { get; init; }

    public string? Location { get; init; }

    /// <summary>The odd answer; <c>{id}</c> stands for the job's id.</summary>
    public string? Template { get; init; }

    /// <summary>Ends the connection with a reset instead of an orderly end.</summary>
    public bool Reset { get; init; }

    /// <summary>Cuts behind the last byte of the job's id, where there is one.</summary>
    public bool BehindId { get; init; }
}
