using ToolService.Core.Tools;
using ToolService.Core.Tools.Http.Operations;

namespace ToolService.Core.Tests.Tools.Http.Operations;

public class ParameterStyleTests
{
    private const string Blue = "\"blue\"";
    private const string Colors = """["blue","black","brown"]""";
    private const string Rgb = """{"R":100,"G":200,"B":150}""";

    [Theory]
    [InlineData(ParameterStyle.Form, true, Blue, "color=blue")]
    [InlineData(ParameterStyle.Form, true, "\"\"", "color=")]
    [InlineData(ParameterStyle.Form, true, Colors, "color=blue&color=black&color=brown")]
    [InlineData(ParameterStyle.Form, true, Rgb, "R=100&G=200&B=150")]
    [InlineData(ParameterStyle.Form, false, Colors, "color=blue,black,brown")]
    [InlineData(ParameterStyle.Form, false, Rgb, "color=R,100,G,200,B,150")]
    [InlineData(ParameterStyle.SpaceDelimited, false, Colors, "color=blue%20black%20brown")]
    [InlineData(ParameterStyle.PipeDelimited, false, Colors, "color=blue%7Cblack%7Cbrown")]
    [InlineData(ParameterStyle.PipeDelimited, false, Rgb, "color=R%7C100%7CG%7C200%7CB%7C150")]
    [InlineData(ParameterStyle.SpaceDelimited, true, Colors, "color=blue&color=black&color=brown")]
    [InlineData(ParameterStyle.DeepObject, true, Rgb, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]
    [InlineData(ParameterStyle.DeepObject, true, """{"a":{"b":[1,2]},"c":null}""", "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2")]
    [InlineData(ParameterStyle.Form, false, """["a,b","c"]""", "color=a%2Cb,c")]
    [InlineData(ParameterStyle.Form, true, """[{"x":1},null,true]""", "color=%7B%22x%22%3A1%7D&color=true")]
    [InlineData(ParameterStyle.Form, true, "[]", "")]
    [InlineData(ParameterStyle.Form, false, "{}", "")]
    [InlineData(ParameterStyle.Form, true, "null", "")]
    [InlineData(ParameterStyle.Form, true, "1e2", "color=1e2")]
    [InlineData(ParameterStyle.Form, true, "12345678901234567890.10", "color=12345678901234567890.10")]
    [InlineData(ParameterStyle.Form, true, "false", "color=false")]
    public async Task Query_is_written_as_openapi_says(ParameterStyle style, bool explode, string value, string expected)
    {
        await using var receiver = await Receiver.StartAsync();
        var operation = Get(receiver, "/x", new HttpParameter("c", "color", HttpPlace.Query) { Style = style, Explode = explode });

        Assert.Equal(expected, (await receiver.SendAsync(operation, $$"""{"c":{{value}}}""")).Query);
    }

    [Theory]
    [InlineData(ParameterStyle.Simple, false, Blue, "blue")]
    [InlineData(ParameterStyle.Simple, false, Colors, "blue,black,brown")]
    [InlineData(ParameterStyle.Simple, false, Rgb, "R,100,G,200,B,150")]
    [InlineData(ParameterStyle.Simple, true, Rgb, "R=100,G=200,B=150")]
    [InlineData(ParameterStyle.Label, false, Blue, ".blue")]
    [InlineData(ParameterStyle.Label, false, Colors, ".blue,black,brown")]
    [InlineData(ParameterStyle.Label, true, Colors, ".blue.black.brown")]
    [InlineData(ParameterStyle.Label, false, Rgb, ".R,100,G,200,B,150")]
    [InlineData(ParameterStyle.Label, true, Rgb, ".R=100.G=200.B=150")]
    [InlineData(ParameterStyle.Matrix, false, Blue, ";color=blue")]
    [InlineData(ParameterStyle.Matrix, false, "\"\"", ";color")]
    [InlineData(ParameterStyle.Matrix, false, Colors, ";color=blue,black,brown")]
    [InlineData(ParameterStyle.Matrix, true, Colors, ";color=blue;color=black;color=brown")]
    [InlineData(ParameterStyle.Matrix, false, Rgb, ";color=R,100,G,200,B,150")]
    [InlineData(ParameterStyle.Matrix, true, Rgb, ";R=100;G=200;B=150")]
    public async Task Path_is_written_as_openapi_says(ParameterStyle style, bool explode, string value, string expected)
    {
        await using var receiver = await Receiver.StartAsync();
        var operation = Get(receiver, "/a/{color}/b", new HttpParameter("c", "color", HttpPlace.Path) { Style = style, Explode = explode });

        Assert.Equal($"/a/{expected}/b", (await receiver.SendAsync(operation, $$"""{"c":{{value}}}""")).Target);
    }

    [Theory]
    [InlineData(false, Blue, "blue")]
    [InlineData(false, Colors, "blue,black,brown")]
    [InlineData(false, Rgb, "R,100,G,200,B,150")]
    [InlineData(true, Rgb, "R=100,G=200,B=150")]
    public async Task Header_is_written_as_openapi_says(bool explode, string value, string expected)
    {
        await using var receiver = await Receiver.StartAsync();
        var operation = Get(receiver, "/", new HttpParameter("c", "X-Color", HttpPlace.Header) { Explode = explode });

        Assert.Equal(expected, (await receiver.SendAsync(operation, $$"""{"c":{{value}}}""")).Header("X-Color"));
    }

    [Theory]
    [InlineData(true, "\"a b;c\"", "color=a%20b%3Bc")]
    [InlineData(true, Colors, "color=blue; color=black; color=brown")]
    [InlineData(false, Colors, "color=blue,black,brown")]
    [InlineData(false, Rgb, "color=R,100,G,200,B,150")]
    public async Task Cookie_is_written_as_openapi_says(bool explode, string value, string expected)
    {
        await using var receiver = await Receiver.StartAsync();
        var operation = Get(receiver, "/", new HttpParameter("c", "color", HttpPlace.Cookie) { Explode = explode });

        Assert.Equal(expected, (await receiver.SendAsync(operation, $$"""{"c":{{value}}}""")).Header("Cookie"));
    }

    [Fact]
    public async Task Parameter_as_json_is_one_value()
    {
        await using var receiver = await Receiver.StartAsync();
        var operation = Get(receiver, "/", new HttpParameter("c", "filter", HttpPlace.Query) { AsJson = true });

        Assert.Equal([("filter", """{"a":[1,2]}""")], (await receiver.SendAsync(operation, """{"c":{"a":[1,2]}}""")).Parameters);
    }

    [Fact]
    public async Task Defaults_are_sent_for_what_is_left_out()
    {
        await using var receiver = await Receiver.StartAsync();
        var operation = Get(
            receiver,
            "/{p}",
            new HttpParameter("p", "p", HttpPlace.Path) { Default = "x" },
            new HttpParameter("q", "q", HttpPlace.Query)) with
        {
            Defaults = new Dictionary<string, System.Text.Json.JsonElement> { ["q"] = System.Text.Json.JsonElement.Parse("1.50") },
        };

        Assert.Equal("/x?q=1.50", (await receiver.SendAsync(operation, "{}")).Target);
        Assert.Equal("/y", (await receiver.SendAsync(operation, """{"p":"y","q":null}""")).Target);
    }

    [Fact]
    public async Task Exploded_object_cannot_replace_another_parameter()
    {
        await using var receiver = await Receiver.StartAsync();
        var operation = Get(receiver, "/", new HttpParameter("c", "color", HttpPlace.Query)) with
        {
            Constants = [new HttpConstant(HttpPlace.Query, "tenant", "ours")],
        };

        var failure = await Assert.ThrowsAsync<ToolException>(() => receiver.CallAsync(operation, """{"c":{"tenant":"theirs"}}"""));

        Assert.Equal("Argument 'c' has a member 'tenant', which is a parameter of its own.", failure.Message);
        Assert.Empty(receiver.Received);
    }

    private static HttpOperation Get(Receiver receiver, string path, params HttpParameter[] parameters) =>
        new() { Method = "GET", Url = receiver.Site + path, Parameters = parameters };
}
