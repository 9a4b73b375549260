using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Mcp.Listing;

/// <summary>What a server has.</summary>
/// <param name="Tools">Its tools.</param>
/// <param name="Skipped">What else it listed.</param>
internal sealed record RemoteTools(IReadOnlyList<RemoteTool> Tools, IReadOnlyList<SkippedTool> Skipped);
