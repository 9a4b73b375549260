using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models;

/// <summary>Real providers' answers, through a real server and the real adapter, compared with what is known of them.</summary>
/// <param name="protocol">The wire format, as the recordings call it.</param>
/// <param name="open">Makes the adapter for a server.</param>
internal sealed class RecordedAnswers(string protocol, Func<ScriptedModelServer, IChatClient> open)
{
    /// <summary>The finish reason that the adapter gives for a recorded one, and whether there are calls.</summary>
    public required Func<string?, bool, string?> FinishReason { get; init; }

    /// <summary>
    /// Where the recorded usage has the tokens read, written, and both; null where the format has no such number. Names joined by <c>+</c> are
    /// added up.
    /// </summary>
    public required (string Input, string Output, string? Total) Usage { get; init; }

    /// <summary>What the adapter is known to find otherwise, by the recording's name; anything else it finds there is a mistake too.</summary>
    public IReadOnlyDictionary<string, string> Exceptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Checks every recording, each sent whole.</summary>
    /// <param name="minimum">How many answers and errors there must be at least.</param>
    public Task CheckAsync((int Answers, int Errors) minimum) => CheckAsync(minimum, _ => []);

    /// <summary>Checks every recording, each sent in random pieces.</summary>
    /// <param name="minimum">How many answers and errors there must be at least.</param>
    public Task CheckInPiecesAsync((int Answers, int Errors) minimum)
    {
        var random = new Random(20261120);
        return CheckAsync(minimum, length => [.. Enumerable.Range(0, 12).Select(_ => random.Next(1, 40)), Math.Max(1, length / 20)]);
    }

    private async Task CheckAsync((int Answers, int Errors) minimum, Func<int, IReadOnlyList<int>> pieces)
    {
        var folder = Path.Combine(SharedData.Folder("provider-streams"), "cases");
        List<string> differences = [];
        var (answers, errors) = (0, 0);
        ScriptedReply? next = null;
        await using var server = await ScriptedModelServer.StartAsync(_ => next!, record: false);
        using var client = open(server);
        foreach (var path in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            var expected = Json(path, "expected.json");
            if (expected.GetProperty("protocol").GetString() != protocol)
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
            var name = Path.GetFileName(path);
            var found = await CompareAsync(client, stream, isError, expected);
            if (!found.SequenceEqual(Exceptions.TryGetValue(name, out var exception) ? [exception] : []))
                differences.Add($"{name}: {string.Join("; ", found)}");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        TestContext.Current.TestOutputHelper?.WriteLine($"{answers} answers and {errors} errors agree.");
        Assert.True(answers >= minimum.Answers && errors >= minimum.Errors, $"Only {answers} answers and {errors} errors were found.");
    }

    private async Task<IReadOnlyList<string>> CompareAsync(IChatClient client, bool stream, bool isError, JsonElement expected)
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

    private IEnumerable<string> Differences(ChatResponse response, JsonElement expected)
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

        if (response.FinishReason?.Value != FinishReason(expected.GetProperty("finish_reason").GetString(), calls.Count > 0))
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

    private IEnumerable<string> UsageDifferences(UsageDetails? usage, JsonElement expected)
    {
        if (expected.ValueKind is not JsonValueKind.Object)
            return usage is null ? [] : ["usage where there is none"];

        return from pair in new[] { (Usage.Input, usage?.InputTokenCount), (Usage.Output, usage?.OutputTokenCount), (Usage.Total, usage?.TotalTokenCount) }
               where pair.Item1 is not null
               where Number(expected, pair.Item1) != pair.Item2
               select $"{pair.Item1}: {pair.Item2}";
    }

    private static long? Number(JsonElement usage, string names) => names.Split('+')
        .Select(name => usage.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetInt64() : (long?)null)
        .Aggregate((sum, number) => sum is null && number is null ? null : (sum ?? 0) + (number ?? 0));

    private static string ContentType(JsonElement meta, bool stream) =>
        meta.GetProperty("content_type").GetString() is { Length: > 0 } type ? type : stream ? "text/event-stream" : "application/json";

    private static JsonElement Json(string folder, string file) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, file)));
}
