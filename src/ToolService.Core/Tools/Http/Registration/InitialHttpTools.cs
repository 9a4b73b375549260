using Microsoft.Extensions.Logging;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>
/// Has the registered tools there before anything is served: their names go before those of sources that are reached later.
/// </summary>
internal sealed partial class InitialHttpTools(HttpToolSource source, ILogger<InitialHttpTools> logger) : IInitialSources
{
    public async Task AddAsync(ToolSources sources, CancellationToken cancellationToken)
    {
        sources.Add(source);
        var status = await sources.RefreshAsync(source.Name, cancellationToken);
        foreach (var skipped in status?.Skipped ?? [])
            LogSkipped(logger, skipped.Name, skipped.Reason);
    }

    [LoggerMessage(321, LogLevel.Error, "The registered tool {Tool} cannot be used: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string tool, string reason);
}
