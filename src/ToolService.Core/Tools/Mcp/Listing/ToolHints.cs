using System.Text.Json;

namespace ToolService.Core.Tools.Mcp.Listing;

/// <summary>What a tool says of itself: hints of somebody who need not be right.</summary>
internal sealed record ToolHints
{
    public string? Title { get; init; }

    public bool? ReadOnly { get; init; }

    public bool? Destructive { get; init; }

    public bool? Idempotent { get; init; }

    public bool? OpenWorld { get; init; }

    public static ToolHints Read(JsonElement annotations) => new()
    {
        Title = RemoteTool.Text(annotations, "title"),
        ReadOnly = RemoteTool.Flag(annotations, "readOnlyHint"),
        Destructive = RemoteTool.Flag(annotations, "destructiveHint"),
        Idempotent = RemoteTool.Flag(annotations, "idempotentHint"),
        OpenWorld = RemoteTool.Flag(annotations, "openWorldHint"),
    };

    /// <summary>
    /// What applies to the tool. A hint that would let the service do more than without it counts only where the operator trusts the server; where
    /// nothing is said, the protocol's defaults hold.
    /// </summary>
    public ToolPolicy Policy(bool isTrusted, TimeSpan? timeout)
    {
        var readOnly = isTrusted && ReadOnly is true;
        return new ToolPolicy
        {
            ReadOnly = readOnly,
            Idempotent = isTrusted && (Idempotent ?? readOnly),
            Destructive = !readOnly && (Destructive ?? ReadOnly is not true),
            OpenWorld = OpenWorld ?? true,
            Timeout = timeout,
        };
    }
}
