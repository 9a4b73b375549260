namespace ToolService.Core.Tools;

/// <summary>How far a tool is.</summary>
/// <param name="Progress">How much is done; grows from report to report.</param>
/// <param name="Total">How much there is to do; null where the tool does not know.</param>
/// <param name="Message">What it is at, for people; null for nothing.</param>
public sealed record ToolProgress(double Progress, double? Total = null, string? Message = null);
