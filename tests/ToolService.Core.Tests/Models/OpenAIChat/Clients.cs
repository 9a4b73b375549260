using ToolService.Core.Models;
using ToolService.Core.Models.OpenAIChat;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIChat;

internal static class Clients
{
    public const string Key = "sk-secret-key-1234";

    public static OpenAIChatClient For(ScriptedModelServer server, TimeProvider? time = null, TimeSpan? timeout = null) =>
        For(server.BaseUrl, time, timeout);

    public static OpenAIChatClient For(Uri baseUrl, TimeProvider? time = null, TimeSpan? timeout = null) => new(
        "local",
        new ModelEndpointOptions { BaseUrl = baseUrl, ApiKey = Key, Model = "qwen3", Timeout = timeout ?? TimeSpan.FromMinutes(5) },
        new SocketsHttpHandler { AllowAutoRedirect = false },
        time ?? TimeProvider.System);
}
