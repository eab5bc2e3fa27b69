namespace Sixtyfour;

/// <summary>Settings of a raw call.</summary>
public sealed class RawOptions : RequestOptions
{
    /// <summary>Whether sending the request twice costs and changes nothing that sending it once does not.</summary>
    /// <value><see langword="null"/>: true for GET only; anything else is never sent twice once its body has begun to leave.</value>
    public bool? IsRepeatable { get; set; }

    /// <summary>Sent as <c>Idempotency-Key</c>; at most 255 printable ASCII characters. Set <see cref="IsRepeatable"/> too where the endpoint honours it.</summary>
    /// <value>None.</value>
    public string? IdempotencyKey { get; set; }
}
