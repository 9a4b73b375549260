using System.Text.Json;
using ToolService.Core.Models;
using ToolService.Core.Models.TextCalls;

namespace ToolService.Core.Tests.Models.TextCalls;

/// <summary>One answer of a model, with what the parser of another project makes of it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Parser">The parser whose expectation it is.</param>
/// <param name="Row">All that the collection says.</param>
internal sealed record TextCallCase(string Id, string Parser, JsonElement Row)
{
    // Parsers that read another format than their family's, or several.
    private static readonly Dictionary<string, string> ByParser = new(StringComparer.Ordinal)
    {
        ["mlx/json_tools"] = "Hermes",
        ["mlx/longcat"] = "Longcat",
        ["mlx/glm47"] = "Glm",
        ["gigachat3"] = "GigaChat",
        ["glm47_moe"] = "Glm",
        ["glm4_moe"] = "Glm",
        ["hy_v3"] = "Glm",
        ["mlxv/GLM47"] = "Glm",
        ["muse_glimmer"] = "Muse",
        ["mlxv/Functionary"] = "Functionary",
        ["mlxv/Auto"] = TextCallFormats.Auto,
        ["mlxv/Gemma4ToolParserFallbackForms"] = TextCallFormats.Auto,
        ["mlxv/QwenMixedFormatAndTruncation"] = TextCallFormats.Auto,
        ["mlxv/ThinkTagStripping"] = TextCallFormats.Auto,
        ["mlxv/Qwen"] = TextCallFormats.Auto,
        ["smg/pythonic in mistral-tool_calls"] = "Pythonic",
    };

    private static readonly Dictionary<string, string> ByFamily = new(StringComparer.Ordinal)
    {
        ["apertus"] = "Apertus",
        ["bare-json"] = "Json",
        ["cohere-action"] = "Cohere",
        ["deepseek-dsml"] = "DeepSeekDsml",
        ["deepseek-tokens"] = "DeepSeek",
        ["gemma-call"] = "Gemma",
        ["glm-arg_key"] = "Glm",
        ["granite"] = "Granite",
        ["harmony"] = "Harmony",
        ["hermes-tool_call"] = "Hermes",
        ["internlm"] = "InternLm",
        ["jamba/hunyuan-tool_calls"] = "ToolCalls",
        ["json-in-text"] = "Json",
        ["kimi-tokens"] = "Kimi",
        ["lfm2"] = "Lfm2",
        ["llama-python_tag"] = "Llama",
        ["longcat"] = "Longcat",
        ["minicpm-xml"] = "MiniCpm",
        ["minimax-xml"] = "MiniMax",
        ["mistral-tool_calls"] = "Mistral",
        ["olmo-function_calls"] = "Olmo",
        ["other"] = "Pythonic",
        ["phi4-functools"] = "Phi4",
        ["pythonic"] = "Pythonic",
        ["qwen3-coder-xml"] = "QwenCoder",
        ["step3"] = "Step3",
    };

    // These rows hold what is between the markers.
    private static readonly Dictionary<string, string> Wrapped = new(StringComparer.Ordinal)
    {
        ["mlx/json_tools"] = "<tool_call>{0}</tool_call>",
        ["mlx/longcat"] = "<longcat_tool_call>{0}</longcat_tool_call>",
        ["mlx/glm47"] = "<tool_call>{0}</tool_call>",
    };

    public static IReadOnlyList<TextCallCase> All { get; } =
    [
        .. File.ReadLines(Path.Combine(SharedData.Folder("text-tool-formats"), "cases.jsonl"))
            .Select(line => JsonElement.Parse(line))
            .Select(row => new TextCallCase(row.GetProperty("id").GetString()!, row.GetProperty("parser").GetString()!, row)),
    ];

    private string Family => Row.GetProperty("family").GetString()!;

    public JsonElement Expect => Row.GetProperty("expect");

    public string Text => Wrapped.TryGetValue(Parser, out var wrapper)
        ? wrapper.Replace("{0}", Row.GetProperty("model_output").GetString(), StringComparison.Ordinal)
        : Row.GetProperty("model_output").GetString()!;

    public string Format => ByParser.GetValueOrDefault(Parser)
        ?? ByParser.GetValueOrDefault($"{Parser} in {Family}")
        ?? ByFamily.GetValueOrDefault(Family, TextCallFormats.Auto);

    /// <summary>What the parsers of this origin do with thoughts; the others leave them to somebody else.</summary>
    public TextReasoning Reasoning =>
        !Parser.StartsWith("ollama/", StringComparison.Ordinal)
        || (Row.TryGetProperty("parser_options", out var options) && options.TryGetProperty("lastmessage", out _))
            ? TextReasoning.None
            : Text.Contains("</think>", StringComparison.Ordinal) && !Text.Contains("<think>", StringComparison.Ordinal)
                ? TextReasoning.Opened
                : TextReasoning.Tagged;

    public IReadOnlyList<JsonElement> Calls => Expect.TryGetProperty("tool_calls", out var calls) ? [.. calls.EnumerateArray()] : [];

    /// <summary>How many calls there must be; null where nobody counted.</summary>
    public int? Count => Expect.TryGetProperty("count", out var count) ? count.GetInt32()
        : Calls.Count > 0 && !Expect.TryGetProperty("count_asserted", out _) ? Calls.Count
        : null;

    /// <summary>The pieces in which this came, where that is a part of the case.</summary>
    public IReadOnlyList<string>? Pieces =>
        Row.TryGetProperty("streaming_chunks", out var pieces) ? [.. pieces.EnumerateArray().Select(piece => piece.GetString()!)] : null;

    public Reading Read(IEnumerable<string> pieces) => Reading.Of(pieces, Formats, Tools(), Reasoning);

    private TextCallFormatSet Formats => TextCallFormats.Find(Format) is { } format ? TextCallFormats.Only(format) : TextCallFormats.AllOfPrompted;

    // The rows rarely have the tools that were on offer, so these are made from what is expected: the calls' names, and their arguments' types.
    private TextTools Tools()
    {
        if (Row.TryGetProperty("tools", out var given))
            return new TextTools(
                given.EnumerateArray().Select(tool => tool.GetProperty("function"))
                    .ToDictionary(tool => tool.GetProperty("name").GetString()!, tool => tool.GetProperty("parameters")),
                onlyOffered: true);

        var schemas = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (Count != 0)
        {
            var found = NamesIn(Text);
            for (var i = 0; i < Math.Max(found.Count, Calls.Count); i++)
            {
                var call = i < Calls.Count ? Calls[i] : default;
                var name = call.ValueKind is JsonValueKind.Object && call.TryGetProperty("name", out var known) ? known.GetString() : null;
                if ((name ?? found.ElementAtOrDefault(i)) is { } tool)
                    schemas[tool] = ExpectedSchema.Of(call);
            }
        }

        return new TextTools(schemas, onlyOffered: Id == KnownDifferences.UnknownTool);
    }

    private List<string> NamesIn(string text)
    {
        var names = Format == TextCallFormats.Auto ? TextCallFormats.Names : [Format];
        var formats = names.Select(TextCallFormats.Find).OfType<ITextCallFormat>().Select(format => new Lenient(format));
        var anyTool = new TextTools(new Dictionary<string, JsonElement>(), onlyOffered: false);
        return [.. Reading.Of([text], new TextCallFormatSet([.. formats]), anyTool, Reasoning).Calls.Select(call => call.Name)];
    }

    public override string ToString() => Id;

    /// <summary>A format that takes calls to any tool.</summary>
    private sealed class Lenient(ITextCallFormat format) : ITextCallFormat
    {
        public string Name => format.Name;

        public IReadOnlyList<TextCallMarker> Markers => format.Markers;

        public bool TryRead(ref TextCursor cursor, string marker, TextBlock block) => format.TryRead(ref cursor, marker, block);

        public string Write(IReadOnlyList<TextPiece.Call> calls) => format.Write(calls);
    }
}
