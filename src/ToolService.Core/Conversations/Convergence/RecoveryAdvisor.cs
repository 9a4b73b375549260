using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Asks another model what to do about a tool that keeps failing. Without an answer the turn goes on as it is.</summary>
internal sealed class RecoveryAdvisor(ModelAside aside, ToolRegistry registry, IOptions<ConversationOptions> options)
{
    private const int MaxTokens = 200;
    private const int LongestHint = 400;
    private const int LongestText = 2000;

    private const string Instruction =
        """
        A model's tool call failed several times. Tell that model in one short sentence what to change in the call, or what to do instead.
        Name no tool other than the one below. Write that sentence only.
        """;

    private readonly ConvergenceOptions _options = options.Value.Convergence;

    /// <summary>A hint for one of the calls of the last round, and that call's id; null where none is due.</summary>
    public async Task<(string CallId, string Hint)?> AskAsync(
        TurnState state, IReadOnlyList<IReadOnlyList<CallRecord>> rounds, CancellationToken cancellationToken)
    {
        if (_options.RecoveryModel is not { } model || cancellationToken.IsCancellationRequested || rounds is not [.., var last])
            return null;
        var due = last.FirstOrDefault(call => CanBeHelped(call) && FailuresInARow(rounds, call.ToolName) >= _options.RecoveryAfter);
        if (due is not { } failed
            || registry.Current.FindInTurn(failed.ToolName) is not { } tool)
            return null;

        ChatMessage[] request =
        [
            new(ChatRole.System, Instruction),
            new(ChatRole.User,
                $"""
                Tool: {tool.Name}: {Cut(tool.Description)}
                Schema: {Cut(tool.InputSchema.GetRawText())}
                Arguments: {Cut(failed.Arguments)}
                Error: {Cut(failed.Error!.Message)}
                """),
        ];
        // The model that is to make use of it needs a request too.
        return await aside.AskAsync(state, model, request, MaxTokens, reserve: 1, cancellationToken) is { Text: var text }
            ? (failed.CallId, OneLine(text))
            : null;
    }

    /// <summary>How many of the tool's last calls failed without a success in between.</summary>
    internal static int FailuresInARow(IReadOnlyList<IReadOnlyList<CallRecord>> rounds, string toolName) => rounds
        .SelectMany(round => round).Where(call => call.ToolName == toolName).Reverse().TakeWhile(call => call.Error is not null).Count();

    // What a person or the operator refused, no other arguments make good.
    private static bool CanBeHelped(CallRecord call) =>
        call.Error is { Code: ToolErrorCode.InvalidArguments or ToolErrorCode.ToolFailed or ToolErrorCode.TimedOut };

    private static string Cut(string text) => text.Length <= LongestText ? text : $"{text[..LongestText]}…";

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestHint ? line : $"{line[..LongestHint]}…";
    }
}
