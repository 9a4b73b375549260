using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol.Protocol;

namespace ToolService.Api.Mcp;

/// <summary>
/// What a client said of itself in the handshake, as the <c>Mcp-Session-Id</c> that it sends with each later request: nothing about it is
/// kept here, so any replica serves it, and after any restart. It is not signed, since it grants nothing: a client may claim the same in
/// a handshake.
/// </summary>
internal sealed partial record ClientSession
{
    /// <summary>The header.</summary>
    public const string Header = "Mcp-Session-Id";

    private const int MaxCharacters = 1_000;
    private const int NonceBytes = 16;

    /// <summary>The revision that was negotiated.</summary>
    [JsonPropertyName("v")]
    public required string ProtocolVersion { get; init; }

    /// <summary>Tells it from every other client's session.</summary>
    [JsonPropertyName("n")]
    public required string Nonce { get; init; }

    /// <summary>Whether the client can show forms to its user.</summary>
    [JsonPropertyName("e")]
    public bool Elicitation { get; init; }

    /// <summary>Whether the client lets servers use its model.</summary>
    [JsonPropertyName("s")]
    public bool Sampling { get; init; }

    /// <summary>Whether the client tells its roots.</summary>
    [JsonPropertyName("r")]
    public bool Roots { get; init; }

    /// <summary>A new session of the client that sent this handshake.</summary>
    public static ClientSession Of(string protocolVersion, ClientCapabilities? capabilities) => new()
    {
        ProtocolVersion = protocolVersion,
        Nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)),
        Elicitation = CanFillForms(capabilities),
#pragma warning disable MCP9005 // Older than 2026-07-28, clients declare these, and servers may rely on them.
        Sampling = capabilities?.Sampling is not null,
        Roots = capabilities?.Roots is not null,
#pragma warning restore MCP9005
    };

    /// <summary>The session of an id; null where it is none.</summary>
    public static ClientSession? TryRead(string id)
    {
        if (id.Length > MaxCharacters || !Base64Url.IsValid(id))
            return null;

        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(id), SessionJson.Default.ClientSession);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a client with these capabilities can be asked by a form.</summary>
    public static bool CanFillForms(ClientCapabilities? capabilities) =>
        capabilities?.Elicitation is { } elicitation && (elicitation.Form is not null || elicitation.Url is null);

    /// <summary>The id: letters, digits, <c>-</c> and <c>_</c>.</summary>
    public string ToId() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, SessionJson.Default.ClientSession));

    /// <summary>The capabilities as the client declared them, without what nobody here asks for.</summary>
    public ClientCapabilities ToCapabilities() => new()
    {
        Elicitation = Elicitation ? new ElicitationCapability { Form = new FormElicitationCapability() } : null,
#pragma warning disable MCP9005 // As above.
        Sampling = Sampling ? new SamplingCapability() : null,
        Roots = Roots ? new RootsCapability() : null,
#pragma warning restore MCP9005
    };

    [JsonSerializable(typeof(ClientSession))]
    private sealed partial class SessionJson : JsonSerializerContext;
}
