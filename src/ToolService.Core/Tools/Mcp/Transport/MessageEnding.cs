namespace ToolService.Core.Tools.Mcp.Transport;

/// <summary>How the messages in a stream end.</summary>
internal enum MessageEnding
{
    /// <summary>With their line.</summary>
    Line,

    /// <summary>With an empty line, as events do.</summary>
    EmptyLine,
}
