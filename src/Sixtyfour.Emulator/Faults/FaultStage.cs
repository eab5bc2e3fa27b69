namespace Sixtyfour.Emulator.Faults;

/// <summary>Where on the way of a request a fault strikes.</summary>
internal enum FaultStage
{
    BeforeTheBody,
    InsteadOfTheWork,
    OnTheAnswer,
    Work,
    Delivery,
}
