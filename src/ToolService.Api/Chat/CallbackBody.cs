using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Core.Models;

namespace ToolService.Api.Chat;

/// <summary>Callbacks carry the turn as <c>POST /v1/chat</c> answers it; one that failed too.</summary>
internal sealed class CallbackBody(ModelRegistry models, IOptions<JsonOptions> json) : ICallbackBody
{
    public byte[] Of(TurnReport report) => JsonSerializer.SerializeToUtf8Bytes(
        TurnView.Of(report, ChatEndpoints.ModelName(models, report.Turn)), json.Value.SerializerOptions.GetTypeInfo(typeof(TurnView)));
}
