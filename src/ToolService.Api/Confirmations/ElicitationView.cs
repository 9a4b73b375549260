using ToolService.Api.Hosting.Json;

namespace ToolService.Api.Confirmations;

/// <summary>What a running tool asks a person.</summary>
/// <param name="Message">The question.</param>
/// <param name="Schema">The JSON Schema of the answer, which a decision sends as <c>arguments</c>.</param>
public sealed record ElicitationView(string Message, RawJson Schema);
