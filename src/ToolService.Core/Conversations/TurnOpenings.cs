using Microsoft.Extensions.AI;
using ToolService.Core.Execution;

namespace ToolService.Core.Conversations;

/// <summary>Finds out where a turn begins: in which session, and with which messages. Calls that were handed over get their results there.</summary>
internal sealed class TurnOpenings(IConversationStore store, ICallStore calls, SafeExecutor executor)
{
    /// <summary>The beginning of the turn that a request asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">The session that it names.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<TurnOpening> OpenAsync(TurnRequest request, Session? known, CancellationToken cancellationToken)
    {
        if (request.Conversation is { } conversation)
            return await FindAsync(request.Owner, conversation, cancellationToken) ?? Import(conversation);

        var history = known is null ? [] : await store.ListMessagesAsync(known.Id, 0, int.MaxValue, cancellationToken);
        var results = await AnswerAsync(history, [], request.Owner, cancellationToken);
        return new TurnOpening(known, history, [], [.. results, new ChatMessage(ChatRole.User, [new TextContent(request.Message), .. request.Files])]);
    }

    /// <summary>The session that a client's conversation is of; null where there is none that is free.</summary>
    private async Task<TurnOpening?> FindAsync(string owner, ClientTranscript conversation, CancellationToken cancellationToken)
    {
        if (!conversation.HasAnswer
            || await store.FindSessionByTranscriptAsync(conversation.HashShown(), owner, cancellationToken) is not { } session)
            return null;

        var history = await store.ListMessagesAsync(session.Id, 0, int.MaxValue, cancellationToken);
        var results = await AnswerAsync(history, conversation.Tail, owner, cancellationToken);
        var said = conversation.Tail.Where(message => message.Role == ChatRole.User).ToList();
        return new TurnOpening(session, history, [], [.. results, .. TranscriptForm.Complete(said)]);
    }

    private static TurnOpening Import(ClientTranscript conversation)
    {
        var messages = TranscriptForm.Complete(conversation.AllSpoken);
        var imported = messages.Index().LastOrDefault(message => message.Item.Role == ChatRole.Assistant, (Index: -1, Item: null!)).Index + 1;
        return new TurnOpening(null, [], [.. messages.Take(imported)], [.. messages.Skip(imported)]);
    }

    /// <summary>
    /// One message with a result for each of the last message's calls, in their order: the client's, those that the calls' history has, and for
    /// others that nobody knows. None where there are no calls that were handed over.
    /// </summary>
    private async Task<IReadOnlyList<ChatMessage>> AnswerAsync(
        IReadOnlyList<SessionMessage> history, IReadOnlyList<TranscriptMessage> tail, string owner, CancellationToken cancellationToken)
    {
        if (history is not [.., { TurnId: { } turnId, Message: var last }] || last.Role != ChatRole.Assistant
            || FunctionCalls.In(last) is not { Count: > 0 } open)
            return [];
        // Any other history that ends with calls was broken by a fault, which is told where it is put right.
        if (await store.FindTurnAsync(turnId, null, cancellationToken) is not { Progress.HandedOver: not null })
            return [];

        var clients = tail.Where(message => message.CallId is not null).ToDictionary(message => message.CallId!, StringComparer.Ordinal);
        var results = new List<AIContent>(open.Count);
        foreach (var call in open)
        {
            var id = FunctionCalls.IdOf(call);
            if (clients.TryGetValue(id, out var result))
                results.Add(FunctionCalls.Result(call, result.Text ?? "", isError: false));
            else if (await calls.FindAsync(id, owner, cancellationToken) is { CompletedAt: not null } ended)
                results.Add(FunctionCalls.Result(
                    call, executor.TextForModel(new ToolResult(ended)), isError: ended.Status is not CallStatus.Succeeded));
            else
                results.Add(FunctionCalls.Interrupted(call));
        }

        return [new ChatMessage(ChatRole.Tool, results)];
    }
}
