using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIChat;

/// <summary>Real providers' answers, through a real server and the real adapter, compared with what is known of them.</summary>
public class RecordedAnswersTests
{
    // The recordings say what the wire said; these two say more than the wire, and why.
    private static readonly Dictionary<string, string> FinishReasons = new()
    {
        ["function_call"] = "the older name of tool_calls",
        ["stop"] = "a server that says stop after tool calls means them",
    };

    [Fact]
    public Task Client_understands_every_recorded_answer() => CheckAllAsync(_ => []);

    [Fact]
    public Task Client_understands_every_recorded_answer_cut_in_random_pieces()
    {
        var random = new Random(20261120);
        return CheckAllAsync(length => [.. Enumerable.Range(0, 12).Select(_ => random.Next(1, 40)), Math.Max(1, length / 20)]);
    }

    private static async Task CheckAllAsync(Func<int, IReadOnlyList<int>> pieces)
    {
        var folder = Path.Combine(SharedData.Folder("provider-streams"), "cases");
        List<string> differences = [];
        var (answers, errors) = (0, 0);
        ScriptedReply? next = null;
        await using var server = await ScriptedModelServer.StartAsync(_ => next!, record: false);
        using var client = Clients.For(server);
        foreach (var path in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            var expected = Json(path, "expected.json");
            if (expected.GetProperty("protocol").GetString() != "openai-chat")
                continue;

            var meta = Json(path, "meta.json");
            var body = await File.ReadAllBytesAsync(Path.Combine(path, meta.GetProperty("response_file").GetString()!), TestContext.Current.CancellationToken);
            var stream = expected.GetProperty("stream").GetBoolean();
            next = ScriptedReply.Raw(ContentType(meta, stream), body) with
            {
                Status = expected.GetProperty("http_status").GetInt32(),
                Pieces = pieces(body.Length),
            };
            var isError = expected.GetProperty("kind").GetString() == "error";
            _ = isError ? errors++ : answers++;
            differences.AddRange((await CompareAsync(client, stream, isError, expected)).Select(difference => $"{Path.GetFileName(path)}: {difference}"));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        TestContext.Current.TestOutputHelper?.WriteLine($"{answers} answers and {errors} errors agree.");
        Assert.True(answers > 200 && errors > 10, $"Only {answers} answers and {errors} errors were found.");
    }

    private static async Task<IReadOnlyList<string>> CompareAsync(IChatClient client, bool stream, bool isError, JsonElement expected)
    {
        ChatResponse response;
        try
        {
            response = await client.AskAsync(stream);
        }
        catch (ModelException e)
        {
            var status = expected.GetProperty("http_status").GetInt32();
            return isError && (status == 200 || e.StatusCode == status) ? [] : [$"{e.Message} {e.InnerException?.Message}"];
        }

        return isError ? ["an error was taken for an answer"] : [.. Differences(response, expected)];
    }

    private static IEnumerable<string> Differences(ChatResponse response, JsonElement expected)
    {
        if (response.Text != expected.GetProperty("text").GetString())
            yield return $"text: {response.Text}";
        var reasoning = string.Concat(response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));
        if (reasoning != expected.GetProperty("reasoning").GetString())
            yield return $"reasoning: {reasoning}";

        var calls = response.Calls();
        var expectedCalls = expected.GetProperty("tool_calls").EnumerateArray().ToList();
        if (calls.Count != expectedCalls.Count)
            yield return $"{calls.Count} calls";
        foreach (var (call, expectedCall) in calls.Zip(expectedCalls))
            if (Difference(call, expectedCall) is { } difference)
                yield return difference;

        var finish = expected.GetProperty("finish_reason").GetString();
        var expectedFinish = calls.Count > 0 && (finish is null || FinishReasons.ContainsKey(finish)) ? "tool_calls" : finish;
        if (response.FinishReason?.Value != expectedFinish)
            yield return $"finish reason: {response.FinishReason}";
        foreach (var difference in UsageDifferences(response.Usage, expected.GetProperty("usage")))
            yield return difference;
    }

    private static string? Difference(FunctionCallContent call, JsonElement expected)
    {
        var raw = expected.GetProperty("arguments_raw").GetString();
        var arguments = expected.GetProperty("arguments");
        if (call.Name != expected.GetProperty("name").GetString())
            return $"name: {call.Name}";
        if (string.IsNullOrEmpty(call.CallId) || (expected.GetProperty("id").GetString() is { Length: > 0 } id && call.CallId != id))
            return $"id: {call.CallId}";
        // A tool without parameters is called with nothing by some providers, and with null by others.
        if (raw is null or "" or "null")
            return call.RawRepresentation is "{}" && call.Arguments is { Count: 0 } ? null : "empty arguments";
        if (call.RawRepresentation as string != raw)
            return $"raw arguments: {call.RawRepresentation}";
        if (arguments.ValueKind is not JsonValueKind.Object)
            return call.Exception is not null && call.Arguments is null ? null : "broken arguments were taken";
        return JsonElement.DeepEquals(JsonSerializer.SerializeToElement(call.Arguments), arguments) ? null : "arguments";
    }

    private static IEnumerable<string> UsageDifferences(UsageDetails? usage, JsonElement expected)
    {
        if (expected.ValueKind is not JsonValueKind.Object)
            return usage is null ? [] : ["usage where there is none"];

        return from pair in new[] { ("prompt_tokens", usage?.InputTokenCount), ("completion_tokens", usage?.OutputTokenCount), ("total_tokens", usage?.TotalTokenCount) }
               let number = expected.TryGetProperty(pair.Item1, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetInt64() : (long?)null
               where number != pair.Item2
               select $"{pair.Item1}: {pair.Item2}";
    }

    private static string ContentType(JsonElement meta, bool stream) =>
        meta.GetProperty("content_type").GetString() is { Length: > 0 } type ? type : stream ? "text/event-stream" : "application/json";

    private static JsonElement Json(string folder, string file) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, file)));
}
