using Microsoft.Extensions.Logging;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools;

internal static partial class ToolLog
{
    private const int MostShown = 10;

    /// <summary>One line, however many changes there are.</summary>
    public static void SchemaChanged(ILogger logger, Tool tool)
    {
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        var shown = tool.SchemaChanges.Take(MostShown).Select(change => $"{JsonDisplay.Shorten(change.Pointer)}: {change.Message}");
        SchemaChanged(logger, tool.Name, tool.Source, tool.SchemaChanges.Count, string.Join(' ', shown));
    }

    [LoggerMessage(301, LogLevel.Information, "The input schema of tool {Tool} of source {Source} is not read as written, changes: {Count}. {Changes}")]
    private static partial void SchemaChanged(ILogger logger, string tool, string source, int count, string changes);
}
