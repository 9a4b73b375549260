using ToolService.Api.Confirmations;
using ToolService.Core.Tools.Sources;

namespace ToolService.Api.Sources;

/// <summary>A tool that is held back, since its source changed its definition.</summary>
/// <param name="Name">The tool.</param>
/// <param name="DefinitionHash">The definition that it has now: send this to approve it.</param>
/// <param name="KnownHash">The definition that is known; absent where the tool is new.</param>
/// <param name="Description">What the tool says of itself now.</param>
/// <param name="Changes">In what the definitions differ.</param>
public sealed record HeldToolView(
    string Name, string DefinitionHash, string? KnownHash, string Description, IReadOnlyList<DefinitionChangeView> Changes)
{
    /// <summary>The tool as it is on the wire.</summary>
    public static HeldToolView Of(HeldTool held) => new(
        held.Tool.Name, held.Tool.DefinitionHash, held.Known?.DefinitionHash, held.Tool.Description,
        [.. held.Changes.Select(DefinitionChangeView.Of)]);
}
