using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using ToolService.Api.Confirmations;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Conversations;
using ToolService.Core.Models;

namespace ToolService.Api.Chat;

/// <summary>Turn events as they are on the wire.</summary>
internal sealed class TurnEventFormat(ModelRegistry models, IOptions<JsonOptions> json) : ITurnEventFormat
{
    private readonly JsonSerializerOptions _options = json.Value.SerializerOptions;

    public string Format(TurnEvent turnEvent)
    {
        var data = DataOf(turnEvent);
        return JsonSerializer.Serialize(data, _options.GetTypeInfo(data.GetType()));
    }

    private object DataOf(TurnEvent turnEvent) => turnEvent switch
    {
        TurnEvent.Started { Turn: var turn } => new TurnStartedData(turn.SessionId, turn.Id, ChatEndpoints.ModelName(models, turn)),
        TurnEvent.Content content => new ContentData(content.Text),
        TurnEvent.Calls calls => new ToolCallsData([.. calls.Requested.Select(RequestedCall.Of)]),
        TurnEvent.Progress { Reported: var progress } reported =>
            new ToolProgressData(reported.CallId, progress.Progress, progress.Total, progress.Message),
        TurnEvent.Result result => new ToolResultData(TurnCallView.Of(result.Call)),
        TurnEvent.Confirm confirm => new ConfirmationData(ConfirmationView.Of(confirm.Confirmation)),
        TurnEvent.Notice notice => new NoticeData(notice.Code, notice.Message, notice.VoidAfter),
        TurnEvent.Ended { Report.Turn: { Status: TurnStatus.Failed } turn } => new ErrorData(
            TurnProblems.Failed(turn, turn.UpdatedAt).Problem with { TraceId = Activity.Current?.TraceId.ToHexString() ?? turn.Id }),
        TurnEvent.Ended { Report: var report } => TurnView.Of(report, ChatEndpoints.ModelName(models, report.Turn)),
        _ => throw new UnreachableException($"No wire form for {turnEvent.GetType().Name}."),
    };

    internal sealed record TurnStartedData(string SessionId, string TurnId, string Model);

    internal sealed record ContentData(string Content);

    internal sealed record ToolCallsData(IReadOnlyList<RequestedCall> Calls);

    internal sealed record ToolProgressData(string CallId, double Progress, double? Total, string? Message);

    internal sealed record ToolResultData(TurnCallView Result);

    internal sealed record ConfirmationData(ConfirmationView Confirmation);

    internal sealed record NoticeData(string Code, string Message, int? VoidAfter);

    internal sealed record ErrorData(Problem Problem);
}
