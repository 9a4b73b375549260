using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Attachments;
using ToolService.Core.Conversations.Context;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations;

/// <summary>What the loop knows of a turn while it works on it.</summary>
internal sealed class TurnState
{
    private readonly List<ChatMessage> _messages;
    private readonly SortedDictionary<string, CallRecord> _calls;
    private readonly List<SessionMessage> _unsaved = [];
    private int _position;
    private SessionContext _savedContext;

    public TurnState(
        Turn turn, TurnLog log, IReadOnlyList<SessionMessage> messages, IEnumerable<CallRecord> calls, SessionContext? context = null)
    {
        Context = _savedContext = context ?? SessionContext.None;
        FirstOfTurn = messages.TakeWhile(message => message.TurnId != turn.Id).Count();
        FirstOfRequest = RequestOf(messages, FirstOfTurn);
        Log = log;
        Turn = turn;
        Response = turn.Settings.ResponseSchema is { } schema ? new ResponseSchema(schema) : null;
        ClientTools = [.. (turn.Settings.ClientTools ?? []).Select(tool => new ClientFunction(tool))];
        Tools = turn.Tools is { } patterns ? ToolPatterns.Parse(patterns) : null;
        _messages = [.. messages.Select(message => message.Message)];
        _position = messages.Count == 0 ? 0 : messages[^1].Position + 1;
        // By their ids, which grow: after a restart some calls of a round are known before others that the model asked for first.
        _calls = new SortedDictionary<string, CallRecord>(calls.ToDictionary(call => call.CallId), StringComparer.Ordinal);
    }

    /// <summary>The turn as it would be stored now.</summary>
    public Turn Turn { get; set; }

    /// <summary>What clients see of the turn.</summary>
    public TurnLog Log { get; }

    /// <summary>What the final answer must satisfy; null for an answer in words.</summary>
    public ResponseSchema? Response { get; }

    /// <summary>What the turn may use; null for everything that the service allows.</summary>
    public ToolPatterns? Tools { get; }

    /// <summary>What the turn's client runs itself.</summary>
    public IReadOnlyList<ClientFunction> ClientTools { get; }

    /// <summary>The session's messages, those of this turn included.</summary>
    public IReadOnlyList<ChatMessage> Messages => _messages;

    /// <summary>The place of the turn's first message among them.</summary>
    public int FirstOfTurn { get; }

    /// <summary>
    /// The place of the user's message that the turn works on: before the turn's own where those begin with the results of a client's
    /// tools.
    /// </summary>
    public int FirstOfRequest { get; }

    /// <summary>Everything since.</summary>
    public IReadOnlyList<ChatMessage> OfRequest => _messages[FirstOfRequest..];

    /// <summary>Those of this turn: what was asked, and what came of it so far.</summary>
    public IReadOnlyList<ChatMessage> OfTurn => _messages[FirstOfTurn..];

    /// <summary>Those before.</summary>
    public IReadOnlyList<ChatMessage> Earlier => _messages[..FirstOfTurn];

    /// <summary>What the user asks for.</summary>
    public string Request =>
        (OfTurn.FirstOrDefault(IsOfUser) ?? Earlier.LastOrDefault(IsOfUser)) is { } asked ? Attachment.TextOf(asked) : "";

    /// <summary>What of them the model is sent.</summary>
    public SessionContext Context { get; set; }

    /// <summary>The same, where the store does not have it yet; otherwise null.</summary>
    public SessionContext? UnsavedContext => Context == _savedContext ? null : Context;

    /// <summary>Messages that the store does not have yet.</summary>
    public IReadOnlyList<SessionMessage> Unsaved => [.. _unsaved];

    /// <summary>The calls of the last message, when they wait for their results.</summary>
    public IReadOnlyList<FunctionCallContent> Unanswered =>
        _messages is [.., { } last] && last.Role == ChatRole.Assistant ? FunctionCalls.In(last) : [];

    /// <summary>The turn's calls so far, in the order in which the model asked for them.</summary>
    public IReadOnlyList<CallRecord> Calls => [.. _calls.Values];

    /// <summary>Whether a call of this name is for the turn's client to run.</summary>
    public bool IsClients(string name) => ClientTools.Any(tool => tool.Name == name);

    // A turn that brings the results of a client's tools has no message of the user's.
    private static bool IsOfUser(ChatMessage message) => message.Role == ChatRole.User;

    private static int RequestOf(IReadOnlyList<SessionMessage> messages, int firstOfTurn)
    {
        if (messages.Skip(firstOfTurn).Any(message => IsOfUser(message.Message)))
            return firstOfTurn;

        var asked = messages.Take(firstOfTurn).Index().LastOrDefault(message => IsOfUser(message.Item.Message), (firstOfTurn, null!));
        return asked.Index;
    }

    public void Append(ChatMessage message, DateTimeOffset now)
    {
        _messages.Add(message);
        _unsaved.Add(new SessionMessage(_position++, Turn.Id, message, now));
    }

    /// <summary>Puts another message in the place of the last one, which the store does not have yet.</summary>
    public void Replace(ChatMessage message)
    {
        _messages[^1] = message;
        _unsaved[^1] = _unsaved[^1] with { Message = message };
    }

    public void Note(CallRecord call) => _calls[call.CallId] = call;

    public void Saved()
    {
        _unsaved.Clear();
        _savedContext = Context;
    }
}
