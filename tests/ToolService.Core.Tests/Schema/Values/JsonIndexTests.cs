using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tests.Schema.Values;

public class JsonIndexTests
{
    private static readonly JsonSchema Numbers = Json.Compile("""{"type":"array","items":{"type":"number"},"minItems":2}""");

    // Were a runtime to index its documents otherwise, every verdict would still be right, but several times as slow.
    [Fact]
    public void Documents_of_this_runtime_are_read_as_they_are() => Assert.True(DocumentRows.IsSupported);

    [Fact]
    public void A_value_inside_a_document_is_checked_alone()
    {
        using var document = JsonDocument.Parse(""" {"before":["x"],"here":[1, 2.5],"after":[]} """);

        Assert.True(Numbers.IsValid(document.RootElement.GetProperty("here")));
        Assert.Equal(["", "/0"], Numbers.Validate(document.RootElement.GetProperty("before")).Select(error => error.Pointer));
    }

    [Fact]
    public void A_value_made_of_a_node_is_checked() =>
        Assert.True(Numbers.IsValid(JsonSerializer.SerializeToElement(new JsonArray(1, 2m, 3.5))));

    [Fact]
    public void Comments_and_trailing_commas_are_no_values()
    {
        using var document = JsonDocument.Parse(
            "[1, /* two */ 2,]", new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

        Assert.True(Numbers.IsValid(document.RootElement));
        Assert.True(Numbers.IsValid(JsonIndexer.Index("[1, /* two */ 2,]"u8)));
    }

    [Fact]
    public void A_disposed_document_is_refused_as_ever()
    {
        var document = JsonDocument.Parse("[1,2]");
        var element = document.RootElement;
        document.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Numbers.IsValid(element));
    }
}
