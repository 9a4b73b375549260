using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Api.Tests.Hosting;

namespace ToolService.Api.Tests.Mcp;

public class ToolQuestionTests
{
    private const string Ann = """{"action":"accept","content":{"name":"Ann"}}""";

    [Fact]
    public async Task Call_goes_on_with_the_answer_that_the_next_request_brings()
    {
        await using var service = await AskingTools.StartAsync();
        var asked = (await service.Client.AnswerAsync(Greet())).GetProperty("result");

        var answer = await service.Client.AnswerAsync(Greet(asked.Text("requestState"), Ann));

        Assert.Equal("What is your name?", asked.GetProperty("inputRequests").GetProperty("question").GetProperty("params").Text("message"));
        Assert.Equal("Accept: Hello, Ann!", answer.ResultText());
        Assert.Single((await service.Client.GetJsonAsync("/v1/tools/history?tool=greet")).EnumerateArray());
    }

    [Fact]
    public async Task Answer_that_is_none_to_the_question_is_asked_for_again()
    {
        await using var service = await AskingTools.StartAsync();
        var asked = (await service.Client.AnswerAsync(Greet())).GetProperty("result");

        var again = (await service.Client.AnswerAsync(Greet(asked.Text("requestState"), """{"action":"accept","content":{"name":5}}"""))).GetProperty("result");
        var answer = await service.Client.AnswerAsync(Greet(again.Text("requestState"), Ann));

        Assert.Equal("input_required", again.Text("resultType"));
        Assert.Equal("Accept: Hello, Ann!", answer.ResultText());
    }

    [Fact]
    public async Task Answer_is_taken_once()
    {
        await using var service = await AskingTools.StartAsync();
        var asked = (await service.Client.AnswerAsync(Greet())).GetProperty("result");
        await service.Client.AnswerAsync(Greet(asked.Text("requestState"), Ann));

        Assert.Equal(-32602, (await service.Client.AnswerAsync(Greet(asked.Text("requestState"), Ann))).ErrorCode());
    }

    [Fact]
    public async Task Another_key_cannot_answer()
    {
        await using var service = await AskingTools.StartAsync(TestKeys.Settings(("bob", []), ("eve", [])));
        using var bob = service.ClientWithKey(TestKeys.KeyOf("bob"));
        using var eve = service.ClientWithKey(TestKeys.KeyOf("eve"));
        var asked = (await bob.AnswerAsync(Greet())).GetProperty("result");

        var refused = await eve.AnswerAsync(Greet(asked.Text("requestState"), Ann));
        var answer = await bob.AnswerAsync(Greet(asked.Text("requestState"), Ann));

        Assert.Equal(-32602, refused.ErrorCode());
        Assert.Equal("Accept: Hello, Ann!", answer.ResultText());
    }

    [Fact]
    public async Task Call_that_nobody_comes_back_for_goes_on_without_an_answer()
    {
        ManualTime time = new();
        await using var service = await TestService.StartAsync(customize: builder => time.Use(builder.Services));
        AskingTools.AddTo(service);
        await service.Client.AnswerAsync(Greet());

        time.Advance(TimeSpan.FromMinutes(11));

        JsonElement record;
        do
            record = (await service.Client.GetJsonAsync("/v1/tools/history?tool=greet")).EnumerateArray().Single();
        while (record.Text("status") == "started");
        Assert.Equal("succeeded", record.Text("status"));
    }

    private static HttpRequestMessage Greet(string? state = null, string? answer = null)
    {
        var parameters = new JsonObject { ["name"] = "greet" };
        if (state is not null)
            parameters["requestState"] = state;
        if (answer is not null)
            parameters["inputResponses"] = new JsonObject { ["question"] = JsonNode.Parse(answer) };
        return McpMessages.ModernPost("tools/call", parameters, new JsonObject { ["elicitation"] = new JsonObject() });
    }
}
