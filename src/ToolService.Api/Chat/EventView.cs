using ToolService.Api.Confirmations;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Conversations;
using ToolService.Core.Models;

namespace ToolService.Api.Chat;

/// <summary>Turn events as they are on the wire: their type, and the data that goes with it.</summary>
internal static class EventView
{
    public static (string Type, object Data) Of(TurnEvent turnEvent, ModelRegistry models, string traceId) => turnEvent switch
    {
        TurnEvent.Started started => ("turn_started", new TurnStartedData(started.Turn.SessionId, started.Turn.Id, ChatEndpoints.ModelName(models, started.Turn))),
        TurnEvent.Content content => ("content", new ContentData(content.Text)),
        TurnEvent.Calls calls => ("tool_calls", new ToolCallsData([.. calls.Requested.Select(RequestedCall.Of)])),
        TurnEvent.Result result => ("tool_result", new ToolResultData(TurnCallView.Of(result.Call))),
        TurnEvent.Confirm confirm => ("confirmation_required", new ConfirmationData(ConfirmationView.Of(confirm.Confirmation))),
        TurnEvent.Notice notice => ("notice", new NoticeData(notice.Code, notice.Message)),
        TurnEvent.Ended { Report.Turn: { Status: TurnStatus.Failed } turn } => ("error", new ErrorData(TurnProblems.Failed(turn).Problem with { TraceId = traceId })),
        TurnEvent.Ended ended => ("done", TurnView.Of(ended.Report, ChatEndpoints.ModelName(models, ended.Report.Turn))),
        _ => ("error", new ErrorData(Problems.Internal().Problem with { TraceId = traceId })),
    };

    internal sealed record TurnStartedData(string SessionId, string TurnId, string Model);

    internal sealed record ContentData(string Content);

    internal sealed record ToolCallsData(IReadOnlyList<RequestedCall> Calls);

    internal sealed record ToolResultData(TurnCallView Result);

    internal sealed record ConfirmationData(ConfirmationView Confirmation);

    internal sealed record NoticeData(string Code, string Message);

    internal sealed record ErrorData(Problem Problem);
}
