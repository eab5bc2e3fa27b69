namespace Sixtyfour.Http.Budget;

/// <summary>What a turn is for.</summary>
internal enum TurnKind
{
    /// <summary>Somebody waits for the answer.</summary>
    Call,

    /// <summary>The same, and the service is silent until an agent has finished.</summary>
    AgentCall,

    /// <summary>A look at a job, or a start out of many: it lets others go first.</summary>
    Background,
}
