namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>Brave's refusal.</summary>
internal sealed record BraveFailure(BraveFailure.Reason? Error)
{
    internal sealed record Reason(string? Code, string? Detail);
}
