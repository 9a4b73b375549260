using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Tools;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class ToolSelectionTests
{
    [Fact]
    public async Task Model_is_shown_the_tools_that_fit_the_message_and_the_turn_says_why()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model);

        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Book a hotel in Oslo."}""");

        var shown = NamesIn(model.Requests[0]);
        Assert.Contains("book_hotel", shown);
        Assert.Contains("search_tools", shown);
        Assert.True(shown.Count <= 4, string.Join(", ", shown));
        var selected = turn.GetProperty("selected_tools")[0];
        Assert.Equal("book_hotel", selected.Text("name"));
        Assert.StartsWith("lexical: ", selected.Text("reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_that_the_model_searched_for_is_there_in_the_next_round_and_runs()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("search_tools", """{"query":"send an invoice"}""")),
            ScriptedReply.Calls(("send_invoice", """{"text":"x"}""")),
            ScriptedReply.Text("Sent."));
        await using var service = await StartAsync(model);

        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Book a hotel in Oslo."}""");

        Assert.DoesNotContain("send_invoice", NamesIn(model.Requests[0]));
        Assert.Contains("send_invoice", NamesIn(model.Requests[1]));
        Assert.Equal(["succeeded", "succeeded"], turn.GetProperty("tool_calls").EnumerateArray().Select(call => call.Text("status")));
    }

    [Fact]
    public async Task Search_finds_nothing_that_the_turn_may_not_use()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("search_tools", """{"query":"send an invoice"}""")), ScriptedReply.Text("No."));
        await using var service = await StartAsync(model);

        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go.","tools":["book_*","tool_*"]}""");

        var found = turn.GetProperty("tool_calls")[0].GetProperty("result");
        Assert.DoesNotContain("send_invoice", found.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_is_no_tool_of_clients()
    {
        await using var model = await ScriptedModelServer.StartAsync();
        await using var service = await StartAsync(model);

        await service.Client.GetJsonAsync("/v1/tools/search_tools", HttpStatusCode.NotFound);
        await service.Client.PostJsonAsync(
            "/v1/tools/call", """{"tool_name":"search_tools","arguments":{"query":"x"}}""", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Selection_holds_for_the_turn_also_after_a_restart()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("delete_hotel", """{"text":"x"}""")), ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model);
        var waiting = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Delete the hotel booking."}""");
        var confirmation = waiting.GetProperty("pending_confirmations")[0].Text("id");
        await service.RestartAsync();
        AddTools(service);

        await service.Client.PostJsonAsync($"/v1/confirmations/{confirmation}", """{"decision":"approve"}""");
        await new EventReader(service.Client, waiting.Text("turn_id")).ReadAsync(null, int.MaxValue);

        Assert.Equal(NamesIn(model.Requests[0]), NamesIn(model.Requests[1]));
    }

    private static List<string> NamesIn(RecordedRequest request) =>
        [.. request.Json.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").Text("name"))];

    private static async Task<TestService> StartAsync(ScriptedModelServer model)
    {
        var service = await TestService.StartAsync(new Dictionary<string, string>
        {
            ["Models:Endpoints:scripted:BaseUrl"] = model.BaseUrl.ToString(),
            ["Models:Endpoints:scripted:Model"] = "scripted",
            ["Models:Default"] = "scripted",
            ["Chat:ToolSelection:MaxTools"] = "3",
        });
        AddTools(service);
        return service;
    }

    private static void AddTools(TestService service)
    {
        List<Tool> tools =
        [
            ToolFactory.FromMethod((string text) => text, "book_hotel", "Books a room in a hotel."),
            ToolFactory.FromMethod(
                (string text) => text, "delete_hotel", "Deletes a hotel booking.", new ToolPolicy { RequiresConfirmation = true }),
            ToolFactory.FromMethod((string text) => text, "send_invoice", "Sends an invoice to a customer."),
        ];
        tools.AddRange(Enumerable.Range(0, 30).Select(i => ToolFactory.FromMethod((string text) => text, $"tool_{i}", $"Does thing {i}.")));
        service.Services.GetRequiredService<ToolRegistry>().Replace("code", tools);
    }
}
