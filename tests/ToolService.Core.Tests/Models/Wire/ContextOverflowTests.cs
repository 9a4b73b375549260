using System.Text.Json;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Tests.Models.Wire;

public class ContextOverflowTests
{
    [Theory]
    [InlineData("This model's maximum context length is 8,192 tokens. However, your messages resulted in 9,321 tokens.", 8192L, 9321L)]
    [InlineData("This model's maximum context length is 16384 tokens. However, you requested 22946 tokens (18946 in the messages, 4000 in the completion).", 16384L, 18946L)]
    [InlineData("This endpoint's maximum context length is 32768 tokens. However, you requested about 40000 tokens (39000 of text input, 1000 in the output).", 32768L, 39000L)]
    [InlineData("prompt is too long: 213462 tokens > 200000 maximum", 200000L, 213462L)]
    [InlineData("input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, decrease input length or `max_tokens`", 200000L, null)]
    [InlineData("request (9216 tokens) exceeds the available context size (8192 tokens), try increasing it", 8192L, 9216L)]
    [InlineData("the request exceeds the available context size. try increasing the context size or enable context shift", null, null)]
    [InlineData("Requested tokens (2285) exceed context window of 2048", 2048L, null)]
    [InlineData("The input token count (1196265) exceeds the maximum number of tokens allowed (1048575).", 1048575L, 1196265L)]
    [InlineData("This model's maximum prompt length is 131072 but the request contains 537812 tokens.", 131072L, 537812L)]
    [InlineData("Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length", 32768L, 40000L)]
    [InlineData("The input (5000 tokens) is longer than the model's context length (4096 tokens).", 4096L, 5000L)]
    [InlineData("Your request exceeded model token limit: 262144 (requested: 300000)", 262144L, 300000L)]
    [InlineData("Your input exceeds the context window of this model. Please adjust your input and try again.", null, null)]
    [InlineData("Please reduce the length of the messages or completion.", null, null)]
    [InlineData("`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 20 `max_new_tokens`", 4096L, 5000L)]
    public void Words_of_providers_are_understood(string message, long? window, long? asked) =>
        Assert.Equal(new ContextOverflow(window, asked), ContextOverflow.Read(JsonSerializer.SerializeToElement(new { message })));

    [Theory]
    [InlineData("""{"message":"Too long.","code":"context_length_exceeded"}""", null, null)]
    [InlineData("""{"message":"x","type":"exceed_context_size_error","n_prompt_tokens":14429,"n_ctx":8192}""", 8192L, 14429L)]
    [InlineData("\"prompt is too long\"", null, null)]
    [InlineData("""{"message":"prompt is too long: 5 tokens > 7 maximum"}""", null, null)]
    public void Codes_and_members_of_providers_are_understood(string error, long? window, long? asked) =>
        Assert.Equal(new ContextOverflow(window, asked), ContextOverflow.Read(JsonElement.Parse(error)));

    [Theory]
    [InlineData("Invalid value for 'temperature'.")]
    [InlineData("max_tokens is too large: 100000. This model supports at most 16384 completion tokens.")]
    [InlineData("The tool description is too long.")]
    [InlineData("Request too large for model on tokens per minute (TPM): Limit 6000, Requested 9000.")]
    public void Other_refusals_are_not_taken_for_it(string message) =>
        Assert.Null(ContextOverflow.Read(JsonSerializer.SerializeToElement(new { message })));

    [Fact]
    public void Error_without_words_is_not_taken_for_it() => Assert.Null(ContextOverflow.Read(default));
}
