using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Conversations.Selection;
using ToolService.Core.Models;
using ToolService.Core.Tests.Execution;
using ToolService.Core.Tests.Models.OpenAIChat;
using ToolService.Testing;
using static ToolService.Core.Tests.Conversations.Selection.SampleCatalog;

namespace ToolService.Core.Tests.Conversations.Selection;

public class ModelSelectorTests
{
    [Theory]
    [InlineData("""["send_email", "search"]""", "send_email search")]
    [InlineData("```json\n[\"send_email\",\n\"Search\", \"send_email\", \"rm_rf\"]\n```", "send_email search")]
    [InlineData("<think>get_weather? [no]</think>[\"search\"]", "search")]
    [InlineData("I would take `send_email` first, then **get_weather**.", "send_email get_weather")]
    [InlineData("1. send_email\n2. search", "send_email search")]
    [InlineData("[send_email, search]", "send_email search")]
    [InlineData("[1] send_email\n[2] search", "send_email search")]
    [InlineData("[1] send_email", "send_email")]
    public async Task Names_are_read_from_any_form_of_answer(string answer, string names)
    {
        var selection = await SelectAsync(ScriptedReply.Text(answer));

        Assert.Equal(names.Split(' ').Select(name => new SelectedTool(name, "chosen by model")), selection.Tools);
        Assert.Null(selection.Note);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("I cannot help with that.")]
    [InlineData("[\"rm_rf\"]")]
    public async Task Words_are_compared_when_no_tool_is_named(string answer)
    {
        var selection = await SelectAsync(ScriptedReply.Text(answer));

        Assert.Equal(["get_weather"], selection.Tools.Select(tool => tool.Name));
        Assert.Equal("Model 'chooser' chose no tool. Words were compared instead.", selection.Note);
    }

    [Fact]
    public async Task Words_are_compared_when_the_model_fails()
    {
        var selection = await SelectAsync(ScriptedReply.Error(500, "broken"));

        Assert.Equal(["get_weather"], selection.Tools.Select(tool => tool.Name));
        Assert.EndsWith("failed (HTTP 500): broken. Words were compared instead.", selection.Note);
    }

    [Fact]
    public async Task Words_are_compared_when_the_model_takes_too_long()
    {
        var (never, asked, time) = (new TaskCompletionSource(), new TaskCompletionSource(), new FakeTime());
        await using var server = await ScriptedModelServer.StartAsync(_ =>
        {
            asked.SetResult();
            return ScriptedReply.Text("[]") with { Release = never.Task };
        });

        var selecting = Selector(server, time).SelectAsync(Request("the weather?"), TestContext.Current.CancellationToken);
        await asked.Task;
        time.Advance(ModelSelector.Timeout);

        Assert.Equal("Model 'chooser' did not choose within 20 s. Words were compared instead.", (await selecting).Note);
    }

    [Fact]
    public async Task No_more_than_the_limit_is_selected_whatever_the_model_names() => Assert.Equal(
        2, (await SelectAsync(ScriptedReply.Text("""["send_email", "search", "get_weather"]"""), limit: 2)).Tools.Count);

    [Fact]
    public async Task Model_is_shown_bounded_text()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Text("[\"get_weather\"]"));
        var catalog = Of(5_000);

        await Selector(server).SelectAsync(
            Request($"the weather and the thing {new string('x', 1_000_000)}", catalog: catalog), TestContext.Current.CancellationToken);

        Assert.InRange(Assert.Single(server.Requests).Body.Length, 1_000, 60_000);
    }

    private static async Task<ToolSelection> SelectAsync(ScriptedReply reply, int limit = 3)
    {
        await using var server = await ScriptedModelServer.StartAsync(reply);
        return await Selector(server).SelectAsync(Request("the weather?", limit), TestContext.Current.CancellationToken);
    }

    private static ModelSelector Selector(ScriptedModelServer server, TimeProvider? time = null) => new(
        new Model("chooser", "qwen3", Clients.For(server)),
        new LexicalSelector(),
        time ?? TimeProvider.System,
        NullLogger<ModelSelector>.Instance);
}
