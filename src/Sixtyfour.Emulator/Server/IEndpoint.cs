namespace Sixtyfour.Emulator.Server;

/// <summary>A part of the service.</summary>
internal interface IEndpoint
{
    /// <summary>Whether the key is checked, and the request counts against its limit.</summary>
    bool NeedsKey => true;

    bool Owns(string path);

    ValueTask<Reply> AnswerAsync(ApiRequest request, CancellationToken cancellationToken);
}
