namespace ToolService.Core.Tests.Models.TextCalls;

/// <summary>Cases in which another project's parser does something that is not wanted here, and why.</summary>
internal static class KnownDifferences
{
    /// <summary>The case of a tool that is not on offer, which needs that rule.</summary>
    public const string UnknownTool = "vllm-dots-80c51d35";

    private const string ShowsAll = "That parser drops the words around its calls, or those behind them. Here nothing is lost.";
    private const string NotTheSchema = "That parser validates against the schema; here the executor does, and tells the model what is wrong.";
    private const string NoText = "The row has no text: that parser was given tokens.";
    private const string OtherEnvelope = "The envelope of this model's server, which holds no calls in these rows.";

    /// <summary>Cases whose words differ; their calls and thoughts are compared.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        ["vllm-llama3-json-3d293088"] = ShowsAll,
        ["vllm-minicpm5xml-c70bc421"] = ShowsAll,
        ["vllm-minicpm5xml-30250d1c"] = ShowsAll,
        ["smg-smg-kimik2-7812e49d"] = ShowsAll,
        ["smg-smg-mistral-cb9de7c7"] = ShowsAll,
        ["smg-smg-qwen-6836d1cd"] = ShowsAll,
        ["smg-smg-step3-0723a222"] = ShowsAll,
        ["vllm-mlx-mlxv-qwenmixedformatandtruncation-643f6133"] = "A marker at the very end is shown: it may be what the answer is about.",
        ["vllm-kimi-k3-bb12654e"] = OtherEnvelope,
        ["vllm-kimi-k3-9a94d8c9"] = OtherEnvelope,
    };

    /// <summary>Cases that are not compared.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["lmdeploy-gpt-oss-70edd0a2"] = NoText,
        ["vllm-openai-7d3bbb5c"] = NoText,
        ["vllm-minicpm5xml-0ef403f6"] = NotTheSchema,
        ["vllm-minicpm5xml-91d65d0b"] = NotTheSchema,
        ["vllm-minicpm5xml-d7fc081a"] = NotTheSchema,
        ["vllm-minicpm5xml-7a29f6d9"] = NotTheSchema,
        ["vllm-minimax-ef6bc4cd"] = "One of three calls is broken; that parser runs the others, here all is shown.",
        ["vllm-minimax-fee8fc72"] = "That parser reads line by line and misses a call that is laid out over several; here it is one.",
        ["vllm-mlx-step3p5-1f2ee4aa"] = "Four equal calls are four calls: whether one is meant is not the parser's to decide.",
        ["mlx-lm-mlx-glm47-9c14c068"] = "Arguments as name=value without any tags, which no model's template asks for.",
        ["ollama-ollama-gemma4-e1e95811"] = "That parser loses a call before a result that the model invented; here only the invention goes.",
    };
}
