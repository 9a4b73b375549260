using System.Text.Json;
using ToolService.Api.Hosting.Security;
using ToolService.Core.Execution;

namespace ToolService.Api.Mcp;

/// <summary>
/// Asks the caller of a call that waits for a confirmation, where the caller's client can show the question and the caller may decide.
/// </summary>
internal sealed class ConfirmationQuestions(ConfirmationService confirmations, SafeExecutor executor)
{
    private const string Key = "confirmation";
    private const string StatePrefix = "confirm/";
    private const int MaxArgumentCharacters = 4_000;
    private const int MaxReasonCharacters = 2_000;

    private static readonly JsonElement Schema = JsonElement.Parse($$"""
        {
          "type": "object",
          "properties": {
            "approve": {
              "type": "boolean", "title": "Approve",
              "description": "Yes: the tool runs with these arguments. No: it does not run."
            },
            "reason": {
              "type": "string", "title": "Reason",
              "description": "Why; the model is told the reason of a no.", "maxLength": {{MaxReasonCharacters}}
            }
          },
          "required": ["approve"]
        }
        """);

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// The id of the call that a client sends again with the answer to a question; null where the state is not of a question.
    /// </summary>
    public static string? CallIdOf(string? state) =>
        state is not null && state.StartsWith(StatePrefix, StringComparison.Ordinal) ? state[StatePrefix.Length..] : null;

    /// <summary>What became of a call that waited, after the caller was asked; it still waits where there is no answer.</summary>
    public async Task<ToolResult> AskAsync(
        ToolResult waiting, ToolCall call, CallContext context, Caller caller, ClientForm form, bool isAnswer, ProgressNotes? progress,
        CancellationToken cancellationToken)
    {
        if (waiting.Confirmation is not { Status: ConfirmationStatus.Pending } confirmation
            || !form.CanAsk || !caller.HasAny([Scopes.Confirmations, Scopes.Approve]))
            return waiting;

        var answer = form.EndsCall
            ? (isAnswer ? form.BroughtTo(Key) : null) ?? throw ClientForm.Ending(Key, StatePrefix + call.Id, Question(confirmation), Schema)
            : await AskOpenAsync(form, confirmation, cancellationToken);
        if (DecisionOf(answer, caller) is { } decision
            && await confirmations.DecideAsync(
                confirmation, decision, cancellationToken, ToolQuestions.Listening(context, form, progress)) is { Result: { } decided })
            return decided;

        // Still open, decided by somebody else meanwhile, or not to be decided now: the history says which.
        return await executor.ExecuteAsync(call, context with { MayExist = true }, cancellationToken);
    }

    private async Task<FormAnswer?> AskOpenAsync(ClientForm form, Confirmation confirmation, CancellationToken cancellationToken)
    {
        using var settled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        void OnSettled(Confirmation other)
        {
            if (other.Id == confirmation.Id)
                settled.Cancel();
        }

        confirmations.Settled += OnSettled;
        try
        {
            return await form.AskAsync(Question(confirmation), Schema, settled.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            confirmations.Settled -= OnSettled;
        }
    }

    private static Decision? DecisionOf(FormAnswer? answer, Caller caller)
    {
        if (answer is null or { IsAccepted: false, IsDeclined: false })
            return null;
        if (answer.IsDeclined)
            return new Decision(Approve: false, caller.Name);

        var approve = answer.Content is { } content && content.TryGetProperty("approve", out var value)
            ? value.ValueKind
            : JsonValueKind.Undefined;
        return approve is JsonValueKind.True or JsonValueKind.False
            ? new Decision(approve is JsonValueKind.True, caller.Name, ReasonOf(answer.Content!.Value))
            : null;
    }

    private static string? ReasonOf(JsonElement content) =>
        content.TryGetProperty("reason", out var reason)
        && reason.ValueKind is JsonValueKind.String && reason.GetString() is { Length: > 0 } text
            ? text[..Math.Min(text.Length, MaxReasonCharacters)]
            : null;

    private static string Question(Confirmation confirmation)
    {
        var arguments = JsonSerializer.Serialize(JsonElement.Parse(confirmation.Arguments), Readable);
        var shown = arguments.Length <= MaxArgumentCharacters
            ? arguments
            : $"{arguments[..MaxArgumentCharacters]}\n… ({arguments.Length - MaxArgumentCharacters:N0} more characters: "
                + $"GET /v1/confirmations/{confirmation.Id})";
        return $"May the tool '{confirmation.ToolName}' run with these arguments?\n{shown}";
    }
}
