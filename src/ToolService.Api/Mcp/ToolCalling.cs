using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ToolService.Core;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Api.Mcp;

/// <summary><c>tools/call</c>: the same executor, policies and history as every other way to a tool.</summary>
internal sealed class ToolCalling(
    SafeExecutor executor, ToolRegistry registry, ToolQuestions questions, ConfirmationQuestions confirmations,
    IOptions<McpEndpointOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        if (request.Params?.Name is null)
            throw new McpProtocolException("A call has params with the name of a tool.", McpErrorCode.InvalidParams);

        ClientForm form = new(request, options.Value.AnswerTimeout, time, lifetime.ApplicationStopping);
        await using var progress = request.Params.ProgressToken is { } token ? new ProgressNotes(request.Server, token) : null;
        var (call, result) = await RunAsync(request, form, progress, cancellationToken);
        return CallResults.Of(result, executor.TextForModel(result), registry.Current.Find(call.ToolName));
    }

    private async Task<(ToolCall Call, ToolResult Result)> RunAsync(
        RequestContext<CallToolRequestParams> request, ClientForm form, ProgressNotes? progress, CancellationToken cancellationToken)
    {
        var caller = request.JsonRpcRequest.GetCaller();
        if (request.Params.RequestState is { } state && OpenQuestions.IsState(state))
            return await questions.ResumeAsync(state, caller.Name, request.Params.Name, form, progress, cancellationToken);

        var answered = ConfirmationQuestions.CallIdOf(request.Params.RequestState);
        var known = answered ?? CallIdOf(request.Params);
        var call = new ToolCall(known ?? Ids.NewCall(), request.Params.Name, ArgumentsOf(request.JsonRpcRequest));
        var context = new CallContext(caller.Name, CallOrigin.Mcp) { MayExist = known is not null };
        var result = await questions.RunAsync(call, context, form, progress, cancellationToken);
        return result.IsPending
            ? (call, await confirmations.AskAsync(result, call, context, caller, form, answered is not null, progress, cancellationToken))
            : (call, result);
    }

    private static string? CallIdOf(CallToolRequestParams parameters)
    {
        if (parameters.Meta?[MetaNames.CallId] is not { } member)
            return null;

        return member.GetValueKind() is JsonValueKind.String && member.GetValue<string>() is var id && Ids.IsValidCallId(id)
            ? id
            : throw new McpProtocolException(
                $"_meta '{MetaNames.CallId}' is 1 to {Ids.MaxCallIdLength} of letters, digits, '_' and '-'.", McpErrorCode.InvalidParams);
    }

    // As they were sent, whatever they are: the executor parses and checks them.
    private static string ArgumentsOf(JsonRpcRequest request) => request.Params?["arguments"]?.ToJsonString(Readable) ?? "{}";
}
