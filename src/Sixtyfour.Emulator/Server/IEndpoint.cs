namespace Sixtyfour.Emulator.Server;

/// <summary>A part of the service.</summary>
internal interface IEndpoint
{
    IEnumerable<Route> Routes { get; }
}
