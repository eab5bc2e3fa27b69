using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Randomness;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Webhooks;

/// <summary><c>/webhooks/signing-secret</c> and its <c>/roll</c></summary>
internal sealed class SigningSecretEndpoint(SigningSecrets secrets, EmulatorOptions options) : IEndpoint
{
    private const string Root = "/webhooks/signing-secret";
    private const int DefaultOverlapHours = 24;

    public IEnumerable<Route> Routes =>
    [
        Route.Get(Root, _ => secrets.Active is { } active ? Reply.Ok(Meta(active)) : new Reply((int)HttpStatusCode.OK, "null"u8.ToArray())),
        Route.Post(Root, _ => Made(HttpStatusCode.Created, secrets.Create())),
        Route.Delete(Root, _ => Deleted()),
        Route.Post(Root + "/roll", Roll),
    ];

    private Reply Roll(ApiRequest request)
    {
        var hours = DefaultOverlapHours;
        if (!request.Body.IsEmpty)
        {
            if (request.ReadJson(out var body) is { } malformed)
            {
                return malformed;
            }

            if (body.ValueKind is JsonValueKind.Object && body.TryGetProperty("expire_overlap_hours", out var wanted)
                && Problem(wanted, out hours) is { } problem)
            {
                return ValidationProblem.Answer([problem]);
            }
        }

        return secrets.Roll(TimeSpan.FromHours(hours)) is { } made
            ? Made(HttpStatusCode.OK, made)
            : Reply.Detail(HttpStatusCode.NotFound, "No active signing secret");
    }

    private static ValidationProblem? Problem(JsonElement wanted, out int hours)
    {
        hours = DefaultOverlapHours;
        if (wanted.ValueKind is not JsonValueKind.Number || !wanted.TryGetInt32(out hours))
        {
            return new("int_type", "Input should be a valid integer", wanted, "body", "expire_overlap_hours");
        }

        return hours switch
        {
            < 0 => new("greater_than_equal", "Input should be greater than or equal to 0", wanted, "body", "expire_overlap_hours"),
            > 72 => new("less_than_equal", "Input should be less than or equal to 72", wanted, "body", "expire_overlap_hours"),
            _ => null,
        };
    }

    private Reply Deleted()
    {
        secrets.Delete();
        return new Reply((int)HttpStatusCode.NoContent, default, null);
    }

    private Reply Made(HttpStatusCode status, SigningSecret secret) =>
        Reply.Of(status, new JsonObject { ["plaintext"] = secret.Plaintext, ["meta"] = Meta(secret) });

    private JsonObject Meta(SigningSecret secret) => new()
    {
        ["id"] = secret.Id,
        ["org_id"] = Dice.Guid(options.Seed, "organization").ToString(),
        ["preview"] = secret.Preview,
        ["status"] = "active",
        ["created_at"] = secret.CreatedAt.UtcDateTime.ToString("O"),
        ["revoked_at"] = null,
    };
}
