using ToolService.Core.Models.TextCalls.Formats;

namespace ToolService.Core.Models.TextCalls;

/// <summary>The formats there are. Where several begin alike, the first one that understands the text reads it.</summary>
internal static class TextCallFormats
{
    /// <summary>The setting that means all of them.</summary>
    public const string Auto = "Auto";

    private static readonly ITextCallFormat[] Marked =
    [
        new MarkedJsonFormat("Hermes", "<tool_call>", "</tool_call>"),
        new QwenCoderFormat(),
        new MarkedJsonFormat("ToolCalls", "<tool_calls>", "</tool_calls>"),
        new GlmFormat(),
        new LlamaFormat(),
        new MistralFormat(),
        new DeepSeekFormat(),
        new InvokeFormat("DeepSeekDsml", InvokeTags.Prefixed("｜DSML｜"), "｜DSML｜tool_calls", "｜DSML｜function_calls"),
        new MarkedJsonFormat("Granite", "<function_call>", "</function_call>", isEndOptional: true),
        new MarkedJsonFormat("Granite3", "<|tool_call|>", end: null),
        new GemmaFormat(),
        new MarkedPythonFormat("ToolCode", "```tool_code", "```", needsOfferedTool: true),
        new HarmonyFormat(),
        new InvokeFormat("Muse", InvokeTags.Prefixed("atem:"), "atem:function_calls"),
        new KimiFormat(),
        new MarkedJsonFormat("InternLm", "<|action_start|><|plugin|>", "<|action_end|>"),
        new MarkedJsonFormat(
            "Cohere", "<|START_ACTION|>", "<|END_ACTION|>", isEndOptional: false,
            "<|START_RESPONSE|>", "<|END_RESPONSE|>", "<|START_TEXT|>", "<|END_TEXT|>"),
        new LongcatFormat(),
        new MiniCpmFormat(),
        new InvokeFormat("MiniMax", InvokeTags.Prefixed(""), "minimax:tool_call", "dots_function_call", "function_calls"),
        new MarkedPythonFormat("Olmo", "<function_calls>", "</function_calls>"),
        new MarkedPythonFormat("Lfm2", "<|tool_call_start|>", "<|tool_call_end|>"),
        new MarkedJsonFormat("Phi4", "functools", end: null),
        new Step3Format(),
        new ApertusFormat(),
        new MarkedJsonFormat("GigaChat", "<|message_sep|>\n\nfunction call<|role_sep|>\n", end: null),
        new FunctionaryFormat(),
        new CallingToolFormat(),
    ];

    private static readonly ITextCallFormat[] Whole =
        [new JsonFormat(isWholeAnswer: true), new FencedJsonFormat(), new PythonicFormat(isWholeAnswer: true)];

    private static readonly ITextCallFormat[] Unmarked =
        [new JsonFormat(isWholeAnswer: false), new FencedJsonFormat(), new PythonicFormat(isWholeAnswer: false)];

    private static readonly Dictionary<string, ITextCallFormat> ByName =
        Marked.Concat(Unmarked).ToDictionary(format => format.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Their names, as the settings know them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Auto, .. Marked.Concat(Unmarked).Select(format => format.Name)];

    /// <summary>All, those without markers only where the answer is nothing else.</summary>
    public static TextCallFormatSet All { get; } = new([.. Marked, .. Whole]);

    /// <summary>The same for a model that was told to write calls as text: results that it invents after them are dropped.</summary>
    public static TextCallFormatSet AllOfPrompted { get; } = new([.. Marked, .. Whole, new InventedResults()]);

    /// <summary>The format in which a model that may use any is told to write.</summary>
    public static ITextCallFormat Default => Marked[0];

    /// <summary>A format by its name, with its calls anywhere in an answer; null for <see cref="Auto"/>, and if there is none.</summary>
    public static ITextCallFormat? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>One format only.</summary>
    public static TextCallFormatSet Only(ITextCallFormat format) => new([format, new InventedResults()]);
}
