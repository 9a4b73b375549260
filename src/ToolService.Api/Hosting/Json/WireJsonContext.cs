using System.Text.Json;
using System.Text.Json.Serialization;
using ToolService.Api.Admin;
using ToolService.Api.Chat;
using ToolService.Api.Completions;
using ToolService.Api.Confirmations;
using ToolService.Api.Health;
using ToolService.Api.History;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Sources;
using ToolService.Api.Tools;
using ToolService.Core.Tools.Http.Registration;

namespace ToolService.Api.Hosting.Json;

/// <summary>Serialization code for everything on the wire, generated when compiling: no reflection at start. Add each body here.</summary>
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(HealthStatus))]
[JsonSerializable(typeof(StopRequest))]
[JsonSerializable(typeof(ServiceStatusView))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(IReadOnlyList<JsonElement>))]
[JsonSerializable(typeof(CallRequest))]
[JsonSerializable(typeof(CallResponse))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(BatchResponse))]
[JsonSerializable(typeof(SourceView))]
[JsonSerializable(typeof(IReadOnlyList<SourceView>))]
[JsonSerializable(typeof(ApprovalRequest))]
[JsonSerializable(typeof(OpenApiImportRequest))]
[JsonSerializable(typeof(OpenApiImportResponse))]
[JsonSerializable(typeof(McpSourceRequest))]
[JsonSerializable(typeof(AuthorizationView))]
[JsonSerializable(typeof(CallView))]
[JsonSerializable(typeof(IReadOnlyList<CallView>))]
[JsonSerializable(typeof(IReadOnlyList<ToolStatisticsView>))]
[JsonSerializable(typeof(ConfirmationView))]
[JsonSerializable(typeof(IReadOnlyList<ConfirmationView>))]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(TurnView))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(IReadOnlyList<SessionView>))]
[JsonSerializable(typeof(IReadOnlyList<MessageView>))]
[JsonSerializable(typeof(TurnEventFormat.TurnStartedData))]
[JsonSerializable(typeof(TurnEventFormat.ContentData))]
[JsonSerializable(typeof(TurnEventFormat.ToolCallsData))]
[JsonSerializable(typeof(TurnEventFormat.ToolProgressData))]
[JsonSerializable(typeof(TurnEventFormat.ToolResultData))]
[JsonSerializable(typeof(TurnEventFormat.ConfirmationData))]
[JsonSerializable(typeof(TurnEventFormat.NoticeData))]
[JsonSerializable(typeof(TurnEventFormat.ErrorData))]
[JsonSerializable(typeof(CreateSessionRequest))]
[JsonSerializable(typeof(ForkRequest))]
[JsonSerializable(typeof(IReadOnlyList<OpenAIMessage>))]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(Completion))]
[JsonSerializable(typeof(CompletionChunk))]
[JsonSerializable(typeof(CompletionError))]
[JsonSerializable(typeof(ModelView))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(HttpToolDefinition))]
internal sealed partial class WireJsonContext : JsonSerializerContext;
