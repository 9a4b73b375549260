namespace ToolService.Api.Sources;

/// <summary>An operation that is no tool.</summary>
/// <param name="Method">Its method; <c>*</c> for all of a path that cannot be read.</param>
/// <param name="Path">Its path in the document.</param>
/// <param name="OperationId">Its own name.</param>
/// <param name="Reason">Why, and what to change.</param>
public sealed record SkippedOperationView(string Method, string Path, string? OperationId, string Reason);
