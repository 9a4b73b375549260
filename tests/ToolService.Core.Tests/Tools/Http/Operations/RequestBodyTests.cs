using System.Text;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http.Operations;

namespace ToolService.Core.Tests.Tools.Http.Operations;

public class RequestBodyTests
{
    [Fact]
    public async Task Json_has_values_as_they_were_written()
    {
        await using var receiver = await Receiver.StartAsync();

        var received = await receiver.SendAsync(
            Post(receiver, new HttpBody("application/json") { Fields = [new("a", "a"), new("b", "b"), new("c", "c"), new("d", "d")] }),
            """{"a":12345678901234567890123,"b":1e2,"c":null}""");

        Assert.Equal("""{"a":12345678901234567890123,"b":1e2,"c":null}""", received.Text);
        Assert.Equal("application/json", received.Header("Content-Type"));
    }

    [Theory]
    [InlineData("""{"all":[1,{"x":"é"}]}""", """[1,{"x":"é"}]""")]
    [InlineData("""{"all":null}""", "null")]
    [InlineData("{}", "")]
    public async Task One_argument_can_be_the_whole_body(string arguments, string expected)
    {
        await using var receiver = await Receiver.StartAsync();

        Assert.Equal(expected, (await receiver.SendAsync(Post(receiver, new HttpBody("application/vnd.x+json") { Argument = "all" }), arguments)).Text);
    }

    [Fact]
    public async Task Form_is_written_as_each_field_says()
    {
        await using var receiver = await Receiver.StartAsync();
        var body = new HttpBody("application/x-www-form-urlencoded")
        {
            Argument = "form",
            Encodings = new Dictionary<string, HttpFieldEncoding>
            {
                ["deep"] = new() { Style = ParameterStyle.DeepObject },
                ["joined"] = new() { Explode = false },
            },
        };

        var received = await receiver.SendAsync(
            Post(receiver, body), """{"form":{"a":"x y&z","list":[1,2],"object":{"k":1},"deep":{"k":{"l":2}},"joined":["p","q"],"none":null}}""");

        Assert.Equal("a=x+y%26z&list=1&list=2&object=%7B%22k%22%3A1%7D&deep%5Bk%5D%5Bl%5D=2&joined=p,q", received.Text);
    }

    [Fact]
    public async Task Multipart_has_fields_and_files()
    {
        await using var receiver = await Receiver.StartAsync();
        var body = new HttpBody("multipart/form-data")
        {
            Fields = [new("title", "title"), new("file", "photo"), new("meta", "meta"), new("tags", "tags")],
            Encodings = new Dictionary<string, HttpFieldEncoding> { ["photo"] = new() { IsFile = true, ContentType = "image/png" } },
        };

        var received = await receiver.SendAsync(
            Post(receiver, body), $$"""{"title":"T","file":"{{Convert.ToBase64String([0, 255, 1])}}","meta":{"a":1},"tags":["x","y"]}""");

        var boundary = received.Header("Content-Type")!.Split("boundary=")[1];
        var expected = $"--{boundary}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nT\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"photo\"\r\nContent-Type: image/png\r\n\r\n\0\u00ff\u0001\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{{\"a\":1}}\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nx\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\ny\r\n--{boundary}--\r\n";
        Assert.Equal(expected, Encoding.Latin1.GetString(received.Body));
    }

    [Theory]
    [InlineData("text/plain", false, "\"é\"", "é", "text/plain; charset=utf-8")]
    [InlineData("application/xml", false, "\"<a/>\"", "<a/>", "application/xml")]
    [InlineData("text/csv", false, "12", "12", "text/csv; charset=utf-8")]
    [InlineData("application/octet-stream", true, "\"YWJj\"", "abc", "application/octet-stream")]
    public async Task Any_other_type_is_one_argument_as_text_or_bytes(string type, bool isBase64, string value, string text, string sent)
    {
        await using var receiver = await Receiver.StartAsync();

        var received = await receiver.SendAsync(Post(receiver, new HttpBody(type) { Argument = "b", IsBase64 = isBase64 }), $$"""{"b":{{value}}}""");

        Assert.Equal((text, sent), (received.Text, received.Header("Content-Type")));
    }

    [Fact]
    public async Task File_that_is_not_base64_is_told()
    {
        await using var receiver = await Receiver.StartAsync();

        var failure = await Assert.ThrowsAsync<ToolException>(() => receiver.CallAsync(
            Post(receiver, new HttpBody("application/pdf") { Argument = "b", IsBase64 = true }), """{"b":"%%%"}"""));

        Assert.Equal("Argument 'b' must be base64 of a file's bytes.", failure.Message);
    }

    private static HttpOperation Post(Receiver receiver, HttpBody body) => new() { Method = "POST", Url = $"{receiver.Site}/", Body = body };
}
