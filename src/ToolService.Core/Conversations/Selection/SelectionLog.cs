using Microsoft.Extensions.Logging;

namespace ToolService.Core.Conversations.Selection;

internal static partial class SelectionLog
{
    [LoggerMessage(121, LogLevel.Warning, "The embeddings endpoint failed; for {Seconds} s tools are selected by their words")]
    public static partial void EmbeddingsFailed(this ILogger logger, Exception exception, double seconds);

    [LoggerMessage(122, LogLevel.Warning, "Model {Model} did not choose tools; they are selected by their words")]
    public static partial void ChoiceFailed(this ILogger logger, Exception exception, string model);
}
