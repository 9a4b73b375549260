using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools;

namespace ToolService.Api.Mcp;

/// <summary>
/// The calls of this process that wait for the request with the answer to their question. What no request comes for in time goes on
/// without an answer; after a restart, and in another replica, there is nothing to go on with, and the client is told so.
/// </summary>
internal sealed class OpenQuestions(IOptions<McpEndpointOptions> options, TimeProvider time)
{
    private const string StatePrefix = "ask/";

    private readonly ConcurrentDictionary<string, (QuestionedCall Call, OpenQuestion Question)> _waiting = new(StringComparer.Ordinal);

    /// <summary>Whether a request's state is of a question of this kind.</summary>
    public static bool IsState(string? state) => state is not null && state.StartsWith(StatePrefix, StringComparison.Ordinal);

    /// <summary>Keeps a call until somebody comes with this state, which no one can guess.</summary>
    public string Add(QuestionedCall call, OpenQuestion question)
    {
        var state = StatePrefix + Guid.NewGuid().ToString("N");
        _waiting[state] = (call, question);
        _ = ForgetAsync(state, question);
        return state;
    }

    /// <summary>Takes the call of a state, if its owner asks for the same call again; null where none waits.</summary>
    public (QuestionedCall Call, OpenQuestion Question)? Take(string state, string owner, string toolName) =>
        _waiting.TryGetValue(state, out var found)
        && found.Call.Owner == owner && found.Call.Call.ToolName == toolName
        && _waiting.TryRemove(state, out _)
            ? found
            : null;

    private async Task ForgetAsync(string state, OpenQuestion question)
    {
        Task answered = question.Answer.WaitAsync(options.Value.AnswerTimeout, time);
        await answered.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_waiting.TryRemove(state, out _))
            question.Give(new ElicitationAnswer(ElicitationAction.Cancel));
    }
}
