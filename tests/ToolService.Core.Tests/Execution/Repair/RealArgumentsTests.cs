using System.Text.Json;
using System.Text.Json.Nodes;

namespace ToolService.Core.Tests.Execution.Repair;

/// <summary>Real schemas with their arguments, and what real models and servers sent.</summary>
public class RealArgumentsTests
{
    private static readonly (string Name, Func<JsonObject, JsonElement, JsonNode> Make)[] Ways =
    [
        ("scalars as text", (arguments, _) => Change(arguments, IsNumberOrBoolean, value => value.ToJsonString())),
        ("arrays and objects as text", (arguments, _) => Change(arguments, value => value is JsonObject or JsonArray, value => value.ToJsonString())),
        ("single items without their array", (arguments, _) => Change(arguments, IsArrayOfOne, value => value[0]!.DeepClone())),
        ("required names in camel case", (arguments, schema) => Rename(arguments, schema, name => JsonNamingPolicy.CamelCase.ConvertName(Pascal(name)))),
        ("required names in upper case", (arguments, schema) => Rename(arguments, schema, name => name.ToUpperInvariant())),
        ("in a wrapper", (arguments, _) => new JsonObject { ["arguments"] = arguments }),
        ("encoded twice", (arguments, _) => JsonValue.Create(arguments.ToJsonString())),
    ];

    private static readonly NearlyJson[] Styles =
        [NearlyJson.SingleQuotes | NearlyJson.PythonLiterals, NearlyJson.BareNames | NearlyJson.TrailingCommas, NearlyJson.Fence, NearlyJson.All];

    [Fact]
    public void Real_arguments_that_are_made_wrong_come_back_or_are_refused()
    {
        var cases = Calls().ToList();
        Assert.True(cases.Count > 1500);
        foreach (var (way, make) in Ways)
        {
            var (wrong, back, refused) = (0, 0, 0);
            foreach (var (schema, arguments) in cases)
            {
                var given = make(JsonNode.Parse(arguments)!.AsObject(), JsonElement.Parse(schema)).ToJsonString();
                if (Arguments.Repair(schema, given, repairs: false).Error is null)
                    continue;

                var repaired = Arguments.Repair(schema, given);
                wrong++;
                refused += repaired.Error is null ? 0 : 1;
                back += repaired.Error is null && Arguments.AreEqual(arguments, repaired.Text) ? 1 : 0;
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{way}: {wrong} invalid, {back} came back, {refused} refused.");
            Assert.Equal(wrong, back + refused);
            Assert.True(back >= 0.97 * wrong, $"{way}: only {back} of {wrong} came back.");
        }
    }

    [Fact]
    public void Real_arguments_that_are_written_nearly_as_json_come_back()
    {
        foreach (var (schema, arguments) in Calls())
        {
            foreach (var style in Styles)
            {
                var repaired = Arguments.Repair(schema, NearlyJsonText.Write(JsonElement.Parse(arguments), style));
                Assert.True(repaired.Error is null && Arguments.AreEqual(arguments, repaired.Text), $"{style}: {arguments}");
            }
        }
    }

    [Fact]
    public void Real_arguments_are_never_touched()
    {
        foreach (var (schema, arguments) in Calls())
            Arguments.AssertUnchanged(schema, arguments);
    }

    [Fact]
    public void Recorded_calls_that_are_no_objects_are_refused_and_others_run_as_they_were_sent()
    {
        var folder = Path.Combine(SharedData.Folder("provider-streams"), "cases");
        var (whole, refused) = (0, 0);
        foreach (var path in Directory.EnumerateDirectories(folder))
        {
            var expected = JsonElement.Parse(File.ReadAllBytes(Path.Combine(path, "expected.json")));
            if (!expected.TryGetProperty("tool_calls", out var calls) || calls.ValueKind is not JsonValueKind.Array)
                continue;

            foreach (var call in calls.EnumerateArray())
            {
                if (call.GetProperty("arguments_raw").GetString() is not { Length: > 0 } raw)
                    continue;
                if (call.GetProperty("arguments").ValueKind is JsonValueKind.Object)
                {
                    Arguments.AssertUnchanged("""{"type":"object"}""", raw);
                    whole++;
                }
                else
                {
                    // Cut within a string, with a piece too many, or null.
                    Arguments.AssertRefused("""{"type":"object"}""", raw);
                    refused++;
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{whole} run as they were sent, {refused} are refused.");
        Assert.True(whole > 250 && refused > 0);
    }

    [Fact]
    public void Objects_in_models_texts_are_read_as_their_parsers_read_them()
    {
        var (same, broken, repaired) = (0, 0, 0);
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Folder("text-tool-formats"), "cases.jsonl")))
        {
            var recorded = JsonElement.Parse(line);
            if (!recorded.GetProperty("expect").TryGetProperty("tool_calls", out var calls) || recorded.GetProperty("kind").GetString() != "exact")
                continue;

            var expected = calls.EnumerateArray().Where(call => call.TryGetProperty("arguments", out _)).Select(call => call.GetProperty("arguments").GetRawText()).ToList();
            var output = recorded.GetProperty("model_output").GetString()!;
            var (start, end) = (output.IndexOf('{'), output.LastIndexOf('}'));
            if (start < 0 || end < start)
                continue;

            var piece = output[start..(end + 1)];
            var isJson = Arguments.Repair("""{"type":"object"}""", piece, repairs: false).Error is null;
            _ = isJson ? same++ : broken++;
            if (isJson || Arguments.Repair("""{"type":"object"}""", piece) is not { Error: null } result)
                continue;

            repaired++;
            Assert.True(expected.Count == 0 || expected.Exists(arguments => Holds(arguments, result.Value)), $"{recorded.GetProperty("id")}: {piece} became {result.Text}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{same} objects are JSON; of {broken} pieces that are not, {repaired} were repaired.");
        Assert.True(same > 40 && repaired > 5);
    }

    private static IEnumerable<(string Schema, string Arguments)> Calls()
    {
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Folder("bfcl"), "calls.jsonl")))
        {
            var recorded = JsonElement.Parse(line);
            var tools = recorded.GetProperty("tools_normalised").EnumerateArray().ToLookup(tool => tool.GetProperty("name").GetString());
            foreach (var call in recorded.GetProperty("calls").EnumerateArray())
            {
                var schema = tools[call.GetProperty("name").GetString()].FirstOrDefault();
                if (call.GetProperty("valid").GetBoolean() && schema.ValueKind is JsonValueKind.Object)
                    yield return (schema.GetProperty("parameters").GetRawText(), call.GetProperty("arguments").GetRawText());
            }
        }
    }

    private static bool Holds(string arguments, JsonElement part) => Values(JsonElement.Parse(arguments)).Any(value => JsonElement.DeepEquals(value, part));

    private static IEnumerable<JsonElement> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Values(member.Value)).Prepend(value),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Values).Prepend(value),
        _ => [value],
    };

    private static bool IsNumberOrBoolean(JsonNode value) => value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static bool IsArrayOfOne(JsonNode value) => value is JsonArray { Count: 1 } items && items[0] is JsonValue;

    private static JsonObject Change(JsonObject arguments, Predicate<JsonNode> fits, Func<JsonNode, JsonNode> change)
    {
        foreach (var (name, value) in arguments.ToList())
        {
            if (value is not null && fits(value))
                arguments[name] = change(value);
        }

        return arguments;
    }

    private static JsonObject Rename(JsonObject arguments, JsonElement schema, Func<string, string> rename)
    {
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet() : [];
        return new JsonObject(arguments.ToList().Select(member =>
            KeyValuePair.Create(required.Contains(member.Key) ? rename(member.Key) : member.Key, member.Value?.DeepClone())).DistinctBy(member => member.Key));
    }

    private static string Pascal(string name) => string.Concat(name.Split('_', '-').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
