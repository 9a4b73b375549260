using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Demo;

namespace ToolService.Core.Tests.Models.Demo;

public class DemoChatClientTests
{
    private static readonly AITool[] Tools =
    [
        Tool("calculator", "expression"), Tool("current_time", "time_zone"), Tool("get_random_number", "min", "max"), Tool("get_ip_address"),
        Tool("get_location_info", "ip"), Tool("read_webpage", "url"), Tool("get_weather", "place"), Tool("get_weather_alerts", "state"),
        Tool("search_wikipedia", "query"), Tool("add_note", "text"),
    ];

    [Theory]
    [InlineData("What is 17 * 23, and what time is it in Tokyo?", """calculator {"expression":"17 * 23"}""", """current_time {"time_zone":"Asia/Tokyo"}""")]
    [InlineData("Please compute (1 + 2) * 3 ^ 2.", """calculator {"expression":"(1 + 2) * 3 ^ 2"}""")]
    [InlineData("How much is 12 times 3.5 plus 4?", """calculator {"expression":"12 * 3.5 + 4"}""")]
    [InlineData("7 x 8", """calculator {"expression":"7 * 8"}""")]
    [InlineData("what's sqrt(16) + 2?", """calculator {"expression":"sqrt(16) + 2"}""")]
    [InlineData("I have 3 apples (2 + 2) and then 5 / 2", """calculator {"expression":"(2 + 2)"}""", """calculator {"expression":"5 / 2"}""")]
    [InlineData("2 * pi", """calculator {"expression":"2 * pi"}""")]
    [InlineData("What time is it?", """current_time {"time_zone":"UTC"}""")]
    [InlineData("time in Europe/Berlin and New York", """current_time {"time_zone":"Europe/Berlin"}""", """current_time {"time_zone":"America/New_York"}""")]
    [InlineData("Pick a random number between 5 and 10", """get_random_number {"min":5,"max":10}""")]
    [InlineData("a random number from -3 to 3 please", """get_random_number {"min":-3,"max":3}""")]
    [InlineData("Roll the dice", """get_random_number {"min":1,"max":6}""")]
    [InlineData("Where is 8.8.8.8?", """get_location_info {"ip":"8.8.8.8"}""")]
    [InlineData("Where is 2001:4860:4860::8888?", """get_location_info {"ip":"2001:4860:4860::8888"}""")]
    [InlineData("What is my IP address?", "get_ip_address {}")]
    [InlineData("Read https://example.com/a-1?b=2.", """read_webpage {"url":"https://example.com/a-1?b=2"}""")]
    [InlineData("What's the weather in New York?", """get_weather {"place":"New York"}""")]
    [InlineData("weather for berlin today", """get_weather {"place":"berlin"}""")]
    [InlineData("How is the weather in Paris and what time is it in Tokyo?", """current_time {"time_zone":"Asia/Tokyo"}""", """get_weather {"place":"Paris"}""")]
    [InlineData("What are the time and the weather in Rome?", """current_time {"time_zone":"Europe/Rome"}""", """get_weather {"place":"Rome"}""")]
    [InlineData("Any weather alerts in West Virginia?", """get_weather_alerts {"state":"WV"}""")]
    [InlineData("alerts for CA", """get_weather_alerts {"state":"CA"}""")]
    [InlineData("Search Wikipedia for Ada Lovelace", """search_wikipedia {"query":"Ada Lovelace"}""")]
    [InlineData("Tell me about black holes.", """search_wikipedia {"query":"black holes"}""")]
    [InlineData("use add_note {\"text\":\"hi 2 + 2\"}", """add_note {"text":"hi 2 \u002B 2"}""")]
    [InlineData("Run add_note now", "add_note {}")]
    [InlineData("use calculator {\"expression\":\"2+2\"}", """calculator {"expression":"2\u002B2"}""")]
    public async Task Message_asks_for_tools(string message, params string[] expected)
    {
        var response = await AskAsync(new ChatOptions { Tools = Tools }, new ChatMessage(ChatRole.User, message));

        var calls = Calls(response);
        Assert.Equal(expected.Select(Unescaped), calls.Select(call => Unescaped($"{call.Name} {call.RawRepresentation}")));
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal(calls.Count, calls.Select(call => call.CallId).Distinct().Count());
        Assert.All(calls, call => Assert.True(Ids.IsValidCallId(call.CallId)));
    }

    [Theory]
    [InlineData("Hello, how are you?")]
    [InlineData("On 2026-11-20 I was 3 times late")]
    [InlineData("")]
    [InlineData("I was born in 1990 and have 2 cats, 3 dogs.")]
    public async Task Message_that_no_tool_fits_is_answered_with_how_to_get_a_real_model(string message)
    {
        var response = await AskAsync(new ChatOptions { Tools = [Tool("calculator", "expression")] }, new ChatMessage(ChatRole.User, message));

        Assert.Empty(Calls(response));
        Assert.Contains("demo model", response.Text, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY", response.Text, StringComparison.Ordinal);
        Assert.Contains("OPENAI_BASE_URL", response.Text, StringComparison.Ordinal);
        Assert.Contains("MODEL_NAME", response.Text, StringComparison.Ordinal);
        Assert.Equal(DemoChatClient.ModelId, response.ModelId);
        Assert.Null(response.Usage);
    }

    [Theory]
    [InlineData("from 1 sqrt(")]
    [InlineData("weather in A ")]
    [InlineData("search for 1.1.1.1 (")]
    [InlineData("((((((((")]
    public async Task Huge_message_is_answered(string part)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var message = new ChatMessage(ChatRole.User, string.Concat(Enumerable.Repeat(part, 100_000)));

        await Task.Run(() => AskAsync(new ChatOptions { Tools = Tools }, message), time.Token).WaitAsync(time.Token);
    }

    [Fact]
    public async Task Tools_that_are_not_offered_are_not_called() =>
        Assert.Empty(Calls(await AskAsync(new ChatOptions { Tools = [Tool("get_weather", "place")] }, new ChatMessage(ChatRole.User, "2 + 2"))));

    [Fact]
    public async Task Arguments_take_the_names_of_the_offered_schema()
    {
        var response = await AskAsync(new ChatOptions { Tools = [Tool("get_weather", "city")] }, new ChatMessage(ChatRole.User, "weather in Paris"));

        Assert.Equal("""{"city":"Paris"}""", Assert.Single(Calls(response)).RawRepresentation);
    }

    [Fact]
    public async Task Results_become_sentences_in_the_order_of_the_calls()
    {
        var answer = await AnswerAsync(
            "What is 17 * 23, and what time is it in Tokyo?", "391", """{"time_zone":"Asia/Tokyo","local_time":"2026-11-20T21:00:00+09:00","utc_time":"x"}""");

        Assert.Equal("17 * 23 = 391. In Asia/Tokyo it is 2026-11-20T21:00:00+09:00.", answer);
    }

    [Theory]
    [InlineData("""{"error":{"code":"tool_failed","message":"Division by zero."}}""")]
    [InlineData("""{"error":"Division by zero"}""")]
    [InlineData("""{"success":false,"error":{"message":"Division by zero."}}""")]
    public async Task Failure_becomes_a_sentence(string result) =>
        Assert.Equal("calculator failed: Division by zero.", await AnswerAsync("1 / 0", result));

    [Theory]
    [InlineData("""{"success":true,"result":4}""", "2 + 2 = 4.")]
    [InlineData("not json", "2 + 2 = not json.")]
    [InlineData("""{"value":4}""", "2 + 2 = 4.")]
    [InlineData("null", "2 + 2 = null.")]
    public async Task Success_of_any_shape_becomes_a_sentence(string result, string sentence) =>
        Assert.Equal(sentence, await AnswerAsync("2 + 2", result));

    [Fact]
    public async Task Other_results_are_described() =>
        Assert.Equal(
            "get_weather answered: place Paris, temperature c 12.5, alerts [1].",
            await AnswerAsync("weather in Paris", """{"place":"Paris","temperature_c":12.5,"alerts":[1]}"""));

    [Fact]
    public async Task Question_after_an_answer_is_a_new_one()
    {
        var response = await AskAsync(
            new ChatOptions { Tools = Tools },
            new ChatMessage(ChatRole.User, "2 + 2"),
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call_demo_0_0", "calculator")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call_demo_0_0", "4")]),
            new ChatMessage(ChatRole.Assistant, "2 + 2 = 4."),
            new ChatMessage(ChatRole.User, "3 + 3"));

        Assert.Equal("call_demo_4_0", Assert.Single(Calls(response)).CallId);
    }

    [Fact]
    public async Task Text_is_streamed_in_chunks()
    {
        using var client = new DemoChatClient();
        var updates = await client.GetStreamingResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.True(updates.Count(update => update.Text.Length > 0) > 1);
    }

    private static async Task<string> AnswerAsync(string message, params string[] results)
    {
        var user = new ChatMessage(ChatRole.User, message);
        var calls = (await AskAsync(new ChatOptions { Tools = Tools }, user)).Messages.Single();
        var answers = calls.Contents.OfType<FunctionCallContent>().Zip(results, (call, result) => (AIContent)new FunctionResultContent(call.CallId, result));
        return (await AskAsync(new ChatOptions { Tools = Tools }, user, calls, new ChatMessage(ChatRole.Tool, [.. answers]))).Text;
    }

    private static async Task<ChatResponse> AskAsync(ChatOptions options, params ChatMessage[] messages)
    {
        using var client = new DemoChatClient();
        return await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
    }

    private static List<FunctionCallContent> Calls(ChatResponse response) =>
        [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];

    private static string Unescaped(string json) => json.Replace("\\u002B", "+", StringComparison.Ordinal);

    private static AIFunctionDeclaration Tool(string name, params string[] parameters) => AIFunctionFactory.CreateDeclaration(
        name, null, JsonSerializer.SerializeToElement(new { type = "object", properties = parameters.ToDictionary(parameter => parameter, _ => new { }) }));
}
