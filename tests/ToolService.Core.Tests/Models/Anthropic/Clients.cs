using ToolService.Core.Models;
using ToolService.Core.Models.Anthropic;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.Anthropic;

internal static class Clients
{
    public const string Key = "sk-ant-secret-key-1234";
    public const string Model = "claude-sonnet-4";

    public static MessagesClient For(ScriptedModelServer server, TimeProvider? time = null, TimeSpan? timeout = null) =>
        For(Endpoint(server.BaseUrl, timeout), time);

    public static MessagesClient For(ModelEndpointOptions endpoint, TimeProvider? time = null) =>
        new("local", endpoint, new SocketsHttpHandler { AllowAutoRedirect = false }, time ?? TimeProvider.System);

    public static ModelEndpointOptions Endpoint(Uri baseUrl, TimeSpan? timeout = null) => new()
    {
        Api = ModelApi.Anthropic,
        BaseUrl = baseUrl,
        ApiKey = Key,
        Model = Model,
        Timeout = timeout ?? TimeSpan.FromMinutes(5),
    };
}
