namespace ToolService.Core.Conversations.Context;

/// <summary>How a conversation is made shorter for its model. Several are tried in the order in which they stand here.</summary>
[Flags]
public enum ContextStrategies
{
    /// <summary>Not at all: a turn that does not fit ends.</summary>
    None = 0,

    /// <summary>Long results of tools are cut to their beginning, oldest first; where nothing else helps, of this turn too.</summary>
    ToolResults = 1,

    /// <summary>The oldest rounds are left out, and a model writes a summary of them. Where it fails, as <see cref="Window"/>.</summary>
    Summary = 2,

    /// <summary>The oldest rounds are left out.</summary>
    Window = 4,
}
