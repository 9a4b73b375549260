namespace ToolService.Api.Hosting.Documentation;

/// <summary>Endpoint metadata: the problems that an operation answers with, beyond those that any does.</summary>
internal sealed record OperationProblems(IReadOnlyList<int> Statuses);
