using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Webhooks;

/// <summary>The organization's signing secret: one, and while a rotation overlaps the one before it.</summary>
internal sealed class SigningSecrets(TimeProvider clock, int seed)
{
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromHours(72);

    private readonly object _gate = new();
    private SigningSecret? _active;
    private SigningSecret? _previous;
    private DateTimeOffset _previousEnds;
    private int _made;

    public SigningSecret? Active
    {
        get
        {
            lock (_gate)
            {
                return _active;
            }
        }
    }

    /// <summary>Makes a new one; what was before counts no more.</summary>
    public SigningSecret Create() => Replace(TimeSpan.Zero);

    /// <summary>Makes a new one beside which the old one counts for a while; null when there is none to roll.</summary>
    public SigningSecret? Roll(TimeSpan overlap)
    {
        lock (_gate)
        {
            return _active is null ? null : Replace(overlap);
        }
    }

    public void Delete()
    {
        lock (_gate)
        {
            (_active, _previous) = (null, null);
        }
    }

    /// <summary>The value of <c>Sixtyfour-Signature</c>, the new secret first, and how many signatures are in it; null without a secret.</summary>
    public (string? Header, int Count) Sign(ReadOnlySpan<byte> body)
    {
        SigningSecret?[] secrets;
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            secrets = now < _previousEnds ? [_active, _previous] : [_active];
        }

        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time), (byte)'.', .. body];
        var signatures = secrets.OfType<SigningSecret>()
            .Select(secret => ",v1=" + Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Plaintext), signed)).ToLowerInvariant())
            .ToList();
        return signatures.Count == 0 ? (null, 0) : ($"t={time}{string.Concat(signatures)}", signatures.Count);
    }

    private SigningSecret Replace(TimeSpan overlap)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            (_previous, _previousEnds) = (_active, now + overlap);
            var number = (++_made).ToString(CultureInfo.InvariantCulture);
            return _active = new SigningSecret(
                Dice.Guid(seed, "signing secret", number).ToString(),
                "sk_whsec_" + Dice.Fingerprint(Encoding.UTF8.GetBytes($"{seed} signing secret {number}")).ToLowerInvariant(),
                now);
        }
    }
}

internal sealed record SigningSecret(string Id, string Plaintext, DateTimeOffset CreatedAt)
{
    public string Preview => $"sk_whsec_••••…{Plaintext[^4..]}";

    public override string ToString() => $"signing secret {Id}";
}
