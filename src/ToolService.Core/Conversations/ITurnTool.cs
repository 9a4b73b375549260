using ToolService.Core.Tools;

namespace ToolService.Core.Conversations;

/// <summary>A tool of the service's own, which models have in a turn while it is of use to them.</summary>
internal interface ITurnTool
{
    /// <summary>The tool, of the source <see cref="ToolCatalog.TurnSource"/>. It finds the call it runs for, and so the turn, in its context.</summary>
    Tool Tool { get; }

    /// <summary>Whether the model has it in the turn's next round.</summary>
    bool IsOffered(TurnState state);
}
