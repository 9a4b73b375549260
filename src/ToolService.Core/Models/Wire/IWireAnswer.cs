using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Wire;

/// <summary>One answer as it arrives, in a provider's format.</summary>
internal interface IWireAnswer
{
    /// <summary>Whether nothing more of it can come, so that the rest of the stream is of no interest.</summary>
    bool IsOver { get; }

    /// <summary>Whether a stream that ends now was not cut.</summary>
    /// <param name="isDone">Whether the provider ended it with <c>[DONE]</c>.</param>
    bool MayEnd(bool isDone);

    /// <summary>Takes one event of a stream and gives what can be shown already.</summary>
    ChatResponseUpdate? Add(JsonElement data);

    /// <summary>Takes an answer that came as one document.</summary>
    /// <exception cref="ModelException">The document is no answer.</exception>
    ChatResponseUpdate? AddWhole(JsonElement document);

    /// <summary>What is known once everything has arrived: the tool calls, the finish reason and the usage.</summary>
    ChatResponseUpdate Complete();
}
