using System.Text.Json.Serialization;

namespace ToolService.Api.Hosting.Errors;

/// <summary>One place where a request is invalid.</summary>
/// <param name="Pointer">JSON pointer to it in the body; empty for the whole body. For a query parameter, its name.</param>
/// <param name="Keyword">The JSON Schema keyword that is violated, such as <c>required</c>, where there is one.</param>
/// <param name="Message">What was expected and what was found, in a sentence.</param>
/// <param name="SchemaPointer">For a violated schema, JSON pointer to the keyword in it.</param>
/// <param name="Expected">For a violated schema, what the keyword asks for.</param>
/// <param name="Got">For a violated schema, what was found instead, shortened.</param>
public sealed record ProblemError(
    string Pointer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Keyword,
    string Message,
    string? SchemaPointer = null,
    string? Expected = null,
    string? Got = null);
