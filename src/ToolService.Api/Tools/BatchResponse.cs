namespace ToolService.Api.Tools;

/// <summary>What became of a batch.</summary>
/// <param name="Results">One result per call, in the order of the calls.</param>
public sealed record BatchResponse(IReadOnlyList<CallResponse> Results);
