using System.Text.Json;

namespace ToolService.Api.Tools;

/// <summary>A tool call, as a client sends it.</summary>
public sealed record CallRequest
{
    /// <summary>The tool to run.</summary>
    public required string ToolName { get; init; }

    /// <summary>The tool's arguments, one JSON object; left out for none.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>
    /// The client's own id for this call, up to 128 of letters, digits, <c>_</c> and <c>-</c>: sent again, it is answered with what became of the
    /// first, and nothing runs twice. The header <c>Idempotency-Key</c> says the same.
    /// </summary>
    public string? CallId { get; init; }

    /// <summary>The session in whose history the call belongs.</summary>
    public string? SessionId { get; init; }
}
