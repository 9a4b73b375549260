using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Models;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models;

public class OutputLimitChatClientTests
{
    [Theory]
    [InlineData(ModelApi.OpenAIChat, null, null, null)]
    [InlineData(ModelApi.OpenAIChat, 500, null, 500)]
    [InlineData(ModelApi.OpenAIChat, 500, 20, 20)]
    [InlineData(ModelApi.Anthropic, null, null, 16_384)]
    [InlineData(ModelApi.Anthropic, 500, null, 500)]
    [InlineData(ModelApi.Anthropic, 500, 20, 20)]
    public async Task Configured_bound_is_sent_where_the_request_has_none(ModelApi api, int? configured, int? asked, int? sent)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"), ScriptedReply.Text("ok"));
        var options = new ModelsOptions { Default = "a" };
        options.Endpoints["a"] = new ModelEndpointOptions { Api = api, BaseUrl = server.BaseUrl, Model = "m", MaxOutputTokens = configured };
        using var client = ModelRegistryFactory.Create(options, TimeProvider.System, NullLoggerFactory.Instance).Default.Client;
        var request = asked is null ? null : new ChatOptions { MaxOutputTokens = asked };

        await client.AskAsync(stream: true, options: request);
        await client.AskAsync(stream: false, options: request);

        Assert.Equal(
            [sent, sent],
            server.Requests.Select(recorded => recorded.Json.TryGetProperty("max_tokens", out var value) ? value.GetInt32() : (int?)null));
    }

    [Fact]
    public async Task Callers_options_stay_as_they_were()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        using var client = new OutputLimitChatClient(OpenAIChat.Clients.For(server), 500);
        var options = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("now", null, JsonElement.Parse("{}"))] };

        await client.AskAsync(stream: false, options: options);

        Assert.Null(options.MaxOutputTokens);
        Assert.Equal(1, Assert.Single(server.Requests).Json.GetProperty("tools").GetArrayLength());
    }
}
