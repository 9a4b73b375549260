using System.Text.Json.Serialization;

namespace ToolService.Api.Hosting.Errors;

/// <summary>One place where a request is invalid.</summary>
/// <param name="Pointer">JSON pointer to it in the body; empty for the whole body. For a query parameter, its name.</param>
/// <param name="Keyword">The JSON Schema keyword that is violated, such as <c>required</c>, where there is one.</param>
/// <param name="Message">What was expected, in a sentence.</param>
public sealed record ProblemError(string Pointer, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Keyword, string Message);
