using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations.Context;

/// <summary>Where a history may be cut: never between a call and its result, wherever that stands.</summary>
internal static class RoundBoundaries
{
    /// <summary>
    /// The places after <paramref name="from"/> and up to <paramref name="to"/>, in order: the position of the first message
    /// behind the cut.
    /// </summary>
    public static IReadOnlyList<int> Of(IReadOnlyList<ChatMessage> messages, int from, int to)
    {
        List<bool> places = [.. messages.Select(message => message.Role != ChatRole.Tool), true];
        var asked = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            foreach (var call in FunctionCalls.In(messages[i]))
                asked[call.CallId] = asked[FunctionCalls.IdOf(call)] = i;
            foreach (var result in messages[i].Contents.OfType<FunctionResultContent>())
            {
                if (!asked.TryGetValue(FunctionCalls.IdOf(result), out var call))
                    continue;
                for (var place = call + 1; place <= i; place++)
                    places[place] = false;
            }
        }

        return [.. Enumerable.Range(from + 1, Math.Max(0, to - from)).Where(place => places[place])];
    }
}
