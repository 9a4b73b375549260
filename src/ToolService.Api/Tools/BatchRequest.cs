namespace ToolService.Api.Tools;

/// <summary>Several tool calls, run in parallel.</summary>
public sealed record BatchRequest
{
    /// <summary>How many calls a batch may have.</summary>
    public const int MaxCalls = 100;

    /// <summary>The calls, up to 100.</summary>
    public required IReadOnlyList<CallRequest> Calls { get; init; }
}
