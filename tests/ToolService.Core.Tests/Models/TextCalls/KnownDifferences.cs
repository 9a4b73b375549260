namespace ToolService.Core.Tests.Models.TextCalls;

/// <summary>Cases in which another project's parser does something that is not wanted here, and why.</summary>
internal static class KnownDifferences
{
    /// <summary>The case of a tool that is not on offer, which needs that rule.</summary>
    public const string UnknownTool = "vllm-dots-80c51d35";

    private const string ShowsAll = "Words around a call are shown; that parser drops them. The calls are compared.";
    private const string NotTheSchema = "That parser validates against the schema; here the executor does, and tells the model what is wrong.";
    private const string NoText = "The row has no text: that parser was given tokens.";

    /// <summary>Cases whose words differ.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
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
    };

    internal static string Reason => ShowsAll;
}
