using System.Text.Json;

namespace ToolService.Core.Tools;

/// <summary>What a running tool asks a person.</summary>
/// <param name="Message">The question, for people.</param>
/// <param name="Schema">What an answer must look like: an object's JSON Schema with plain members.</param>
public sealed record Elicitation(string Message, JsonElement Schema);
