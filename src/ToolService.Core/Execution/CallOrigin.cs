namespace ToolService.Core.Execution;

/// <summary>The path by which a call arrived.</summary>
public enum CallOrigin
{
    /// <summary>A client asked for it over HTTP.</summary>
    Api,

    /// <summary>A model asked for it in a turn.</summary>
    Chat,

    /// <summary>A client asked for it over the Model Context Protocol.</summary>
    Mcp,
}
