namespace ToolService.Core.Tools.OpenApi;

/// <summary>An operation that becomes no tool.</summary>
/// <param name="Method">Its method, in capitals; <c>*</c> for all of a path that cannot be read.</param>
/// <param name="Path">Its path in the document.</param>
/// <param name="OperationId">Its own name; null where it has none.</param>
/// <param name="Reason">Why, and what to change; safe to show to clients.</param>
/// <param name="IsSelected">Whether the filters let it pass: it was meant to become a tool and cannot.</param>
public sealed record SkippedOperation(string Method, string Path, string? OperationId, string Reason, bool IsSelected);
