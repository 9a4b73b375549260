using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ToolService.Api.Mcp;

/// <summary>
/// Asks the user of a client by a form. Up to 2025-11-25 the question goes out on the call's stream and the call waits; from 2026-07-28
/// on the call ends with the question, and the client sends it again with the answer.
/// </summary>
/// <param name="request">The call.</param>
/// <param name="patience">How long the call waits.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">The service stops: nobody is waited for any more.</param>
internal sealed class ClientForm(
    RequestContext<CallToolRequestParams> request, TimeSpan patience, TimeProvider time, CancellationToken stopping)
{
    /// <summary>Whether the client said that it can.</summary>
    public bool CanAsk => ClientSession.CanFillForms(request.Server.ClientCapabilities);

    /// <summary>Whether the question ends the call, which then comes again.</summary>
    public bool EndsCall => ProtocolVersions.IsModern(request.Server.NegotiatedProtocolVersion ?? "");

    /// <summary>The answer that the call brought to a question; null where it brought none.</summary>
    public FormAnswer? BroughtTo(string key) =>
        request.Params.InputResponses is { } answers && answers.TryGetValue(key, out var answer)
            ? FormAnswer.TryRead(answer.RawValue)
            : null;

    /// <summary>Ends the call with a question.</summary>
    /// <param name="key">The question's name, by which the answer comes.</param>
    /// <param name="state">What the client is to send with the answer.</param>
    /// <param name="message">The question.</param>
    /// <param name="schema">The form.</param>
    public static InputRequiredException Ending(string key, string state, string message, JsonElement schema) =>
        new(
            new Dictionary<string, InputRequest>
            {
                [key] = new()
                {
                    Method = RequestMethods.ElicitationCreate,
                    Params = JsonSerializer.SerializeToElement(Params(message, schema)),
                },
            },
            state);

    /// <summary>Asks and waits; null where no usable answer comes in time.</summary>
    public async Task<FormAnswer?> AskAsync(string message, JsonElement schema, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token, stopping);
        try
        {
            var question = new JsonRpcRequest { Method = RequestMethods.ElicitationCreate, Params = Params(message, schema) };
            var answer = await request.Server.SendRequestAsync(question, either.Token);
            return FormAnswer.TryRead(JsonSerializer.SerializeToElement(answer.Result));
        }
        catch (McpException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static JsonObject Params(string message, JsonElement schema) =>
        new() { ["message"] = message, ["requestedSchema"] = JsonObject.Create(schema) };
}
