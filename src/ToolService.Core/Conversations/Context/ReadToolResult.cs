using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Context;

/// <summary>Lets a model read on in results that were cut for it, page by page.</summary>
internal sealed class ReadToolResult : ITurnTool
{
    private const int DefaultPage = 10_000;
    private const int LongestHead = 300;

    private readonly ICallStore _calls;
    private readonly IConversationStore _conversations;
    private readonly int _longestPage;

    public ReadToolResult(ICallStore calls, IConversationStore conversations, IOptions<ExecutionOptions> options)
    {
        (_calls, _conversations, _longestPage) = (calls, conversations, options.Value.MaxResultCharacters);
        var tool = ToolFactory.FromObject(this, ToolCatalog.TurnSource).Single();
        // A page that was cut itself would have to be read with another call.
        Tool = tool.With(tool.Policy with { MaxResultCharacters = _longestPage + LongestHead });
    }

    public Tool Tool { get; }

    public bool IsOffered(TurnState state) => ContextView.Of(state.Messages, state.Context)
        .SelectMany(message => message.Contents).OfType<FunctionResultContent>()
        .Any(result => ResultText.IsCut(Models.ToolResults.Text(result), FunctionCalls.IdOf(result)));

    /// <summary>A page of a result.</summary>
    [Tool(ResultText.ReadingTool, ReadOnly = true)]
    [Description("Reads on in a tool's result that was cut or shortened. Take call_id and offset from the note at its end.")]
    public async Task<string> ReadAsync(
        AIFunctionArguments arguments,
        [Description("The id in the note at the end of the cut result."), StringLength(128, MinimumLength = 1)] string callId,
        [Description("The first character to read, from 0."), Range(0, int.MaxValue)] int offset = 0,
        [Description("The most characters to read."), Range(1, 1_000_000)] int limit = DefaultPage,
        CancellationToken cancellationToken = default)
    {
        var asking = arguments.Running() ?? throw new InvalidOperationException("Only the executor runs this tool.");
        var call = await FindAsync(callId, asking, cancellationToken)
            ?? throw new ToolException(
                "This conversation has no call with that id whose result is kept. Take the id from the note at the end of a cut result.");
        if (call.CompletedAt is null)
            throw new ToolException("That call has not ended yet.");

        var text = ResultText.ForModel(call, int.MaxValue);
        if (offset > 0 && offset >= text.Length)
            throw new ToolException($"The result has {text.Length} characters; offset must be less.");
        return Page(text, offset, Math.Min(limit, _longestPage));
    }

    /// <summary>A part of a text, with a line before it that says which and how to go on. No character is torn in two.</summary>
    internal static string Page(string text, int offset, int limit)
    {
        var from = TextBorder.Before(text, offset);
        var to = TextBorder.Before(text, (int)Math.Min((long)from + limit, text.Length));
        // One character may be longer than the limit: without it nobody would ever get past it.
        to = to > from || from == text.Length ? to : from + 2;
        var next = to < text.Length ? $"next offset: {to}" : "this is its end";
        return $"[Characters {from} to {to} of {text.Length}; {next}.]\n{text[from..to]}";
    }

    private async Task<CallRecord?> FindAsync(string callId, IRunningCall asking, CancellationToken cancellationToken)
    {
        if (asking.SessionId is not { } session || await _calls.FindAsync(callId, asking.Owner, cancellationToken) is not { } call)
            return null;
        if (call.SessionId == session)
            return call;

        // A fork has the results of the session that it was copied from.
        var messages = await _conversations.ListMessagesAsync(session, 0, int.MaxValue, cancellationToken);
        return messages.Any(message => message.Answers.Any(answer => answer.CallId == callId)) ? call : null;
    }
}
