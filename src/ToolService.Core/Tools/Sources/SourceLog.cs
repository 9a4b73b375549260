using Microsoft.Extensions.Logging;

namespace ToolService.Core.Tools.Sources;

internal static partial class SourceLog
{
    [LoggerMessage(311, LogLevel.Information, "Source {Source}: {Tools} tools, {Skipped} skipped, {Held} held back")]
    public static partial void SourceLoaded(this ILogger logger, string source, int tools, int skipped, int held);

    [LoggerMessage(312, LogLevel.Warning, "Source {Source} cannot be loaded (incident {Incident})")]
    public static partial void SourceFailed(this ILogger logger, Exception exception, string source, string incident);
}
