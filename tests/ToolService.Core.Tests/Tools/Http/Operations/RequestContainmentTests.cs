using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http.Operations;

namespace ToolService.Core.Tests.Tools.Http.Operations;

/// <summary>Whatever an argument holds, it stays in its place.</summary>
public class RequestContainmentTests
{
    private const int Cases = 1_500;

    private static readonly string[] Hostile =
    [
        "..", ".", "/", "\\", "%2f", "%2F", "%2e%2e", "%252e", "%25", "%", "%00", "\0", "\r\n", "\n", "\r\nX-Evil: 1", "?", "#", "&", "=", ";", ",", "+", " ",
        "\t", "a", "b", "é", "日本", "😀", "\u202e", "\ufeff", "\ufffd", "\u2028", "\u0085", "{x}", "${secret:KEY}", "@", ":", "http://evil.example/",
        "//", "\"", "'", "<", ">", "|", "~", "*", "[", "]", "\u007f", "1e5", "％２ｅ", "．．", "\u212a", "ﬀ",
    ];

    private static readonly string[] Paths = ["/a/{x}", "/a/{x}/b/{y}", "/{x}.{y}/c", "/{x}", "/é/{x}/%41/", "/v1/{x}-{y}"];

    private static readonly Gen<string> Texts =
        from parts in Gen.ListOf(Gen.OneOf(Gen.Elements(Hostile), ArbMap.Default.GeneratorFor<char>().Select(letter => letter.ToString())))
        select string.Concat(parts.Take(12));

    private static readonly Gen<(string Path, string X, string Y)> Inputs =
        from path in Gen.Elements(Paths)
        from x in Texts
        from y in Texts
        select (path, x, y);

    [Fact]
    public async Task Path_keeps_its_segments_and_decodes_back()
    {
        await using var receiver = await Receiver.StartAsync();
        var sent = 0;
        foreach (var (path, x, y) in Gen.Sample(Inputs, Cases, 12))
        {
            var hasY = path.Contains("{y}", StringComparison.Ordinal);
            var operation = new HttpOperation
            {
                Method = "GET",
                Url = receiver.Site + path,
                Parameters = [.. (hasY ? new[] { "x", "y" } : ["x"]).Select(name => new HttpParameter(name, name, HttpPlace.Path))],
            };
            if (await TrySendAsync(receiver, operation, hasY ? [("x", x), ("y", y)] : [("x", x)]) is not { } received)
                continue;

            sent++;
            var expected = path.Split('/').Select(segment => segment
                .Replace("%41", "A", StringComparison.Ordinal)
                .Replace("{x}", "\0", StringComparison.Ordinal).Replace("{y}", "\x01", StringComparison.Ordinal)
                .Replace("\0", x, StringComparison.Ordinal).Replace("\x01", y, StringComparison.Ordinal));
            Assert.Equal(expected, received.Path.Split('/').Select(Uri.UnescapeDataString));
            Assert.DoesNotContain('?', received.Target);
            Assert.All(received.Path.Split('/'), segment => Assert.False(segment is "." or ".."));
            AssertNothingElse(received);
        }

        Assert.InRange(sent, Cases / 10, Cases);
    }

    [Fact]
    public async Task Query_and_body_have_their_parameters_and_no_others()
    {
        await using var receiver = await Receiver.StartAsync();
        foreach (var (_, x, y) in Gen.Sample(Inputs, Cases, 12).Where(input => IsText(input.X) && IsText(input.Y)))
        {
            var query = await receiver.SendAsync(
                new HttpOperation
                {
                    Method = "GET",
                    Url = $"{receiver.Site}/q?fixed=1",
                    Parameters = [new("x", "x", HttpPlace.Query), new("y", "y", HttpPlace.Query) { Style = ParameterStyle.DeepObject }],
                },
                Json([("x", x)], ("y", new Dictionary<string, string> { [y] = x })));
            Assert.Equal([("fixed", "1"), ("x", x), ($"y[{y}]", x)], query.Parameters);
            AssertNothingElse(query);

            var form = await receiver.SendAsync(
                new HttpOperation
                {
                    Method = "POST",
                    Url = $"{receiver.Site}/f",
                    Body = new HttpBody("application/x-www-form-urlencoded") { Fields = [new("x", "x"), new("y", "y")] },
                },
                Json([("x", x), ("y", y)]));
            Assert.Equal(
                [("x", x), ("y", y)],
                form.Text.Split('&')
                    .Select(pair => pair.Replace("+", "%20", StringComparison.Ordinal).Split('='))
                    .Select(pair => (pair[0], Uri.UnescapeDataString(pair[1]))));

            var json = await receiver.SendAsync(
                new HttpOperation
                {
                    Method = "POST",
                    Url = $"{receiver.Site}/j",
                    Body = new HttpBody("application/json") { Fields = [new("x", "x"), new("y", "z\"")] },
                },
                Json([("x", x), ("y", y)]));
            Assert.Equal(
                [("x", x), ("z\"", y)],
                JsonElement.Parse(json.Text).EnumerateObject().Select(member => (member.Name, member.Value.GetString()!)));
        }
    }

    [Fact]
    public async Task Headers_and_cookies_hold_their_values_and_add_none()
    {
        await using var receiver = await Receiver.StartAsync();
        foreach (var (_, x, y) in Gen.Sample(Inputs, Cases, 12))
        {
            var operation = new HttpOperation
            {
                Method = "GET",
                Url = $"{receiver.Site}/h",
                Parameters = [new("x", "X-Value", HttpPlace.Header), new("y", "y", HttpPlace.Cookie)],
            };
            if (await TrySendAsync(receiver, operation, [("x", x), ("y", y)]) is not { } received)
            {
                Assert.True(!IsText(x) || !IsText(y) || x.Any(letter => letter is < ' ' or > '~'), $"'{x}' was refused.");
                continue;
            }

            Assert.Equal(x.Trim(' '), received.Header("X-Value"));
            Assert.Equal(y, Uri.UnescapeDataString(Assert.Single(received.Header("Cookie")!.Split("; "))["y=".Length..]));
            AssertNothingElse(received, "X-Value", "Cookie");
        }
    }

    [Fact]
    public async Task Multipart_has_its_parts_and_no_others()
    {
        await using var receiver = await Receiver.StartAsync();
        foreach (var (_, x, y) in Gen.Sample(Inputs, 300, 12).Where(input => IsText(input.X) && IsText(input.Y)))
        {
            var received = await receiver.SendAsync(
                new HttpOperation { Method = "POST", Url = $"{receiver.Site}/m", Body = new HttpBody("multipart/form-data") { Argument = "all" } },
                Json([], ("all", new Dictionary<string, string> { [$"n{x}"] = y })));

            var type = Microsoft.Net.Http.Headers.MediaTypeHeaderValue.Parse(received.Header("Content-Type"));
            var reader = new Microsoft.AspNetCore.WebUtilities.MultipartReader(type.Boundary.ToString(), new MemoryStream(received.Body));
            var part = await reader.ReadNextSectionAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(part);
            Assert.Equal(["Content-Disposition"], part.Headers!.Keys);
            using var text = new StreamReader(part.Body, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
            Assert.Equal(y, await text.ReadToEndAsync(TestContext.Current.CancellationToken));
            Assert.Null(await reader.ReadNextSectionAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a\\..\\b")]
    [InlineData("%2e%2e")]
    [InlineData("%2e%2e%2fb")]
    [InlineData("%252e%252e%252fb")]
    [InlineData("..%2fb")]
    [InlineData("..%5cb")]
    [InlineData("a\r\nX: y")]
    [InlineData("a%0d%0aX: y")]
    [InlineData("a\0")]
    public async Task Paths_that_lead_elsewhere_are_refused_before_anything_is_sent(string value)
    {
        await using var receiver = await Receiver.StartAsync();
        var operation = new HttpOperation { Method = "GET", Url = receiver.Site + "/a/{x}/b", Parameters = [new("x", "x", HttpPlace.Path)] };

        await Assert.ThrowsAsync<ToolException>(() => receiver.CallAsync(operation, Json([("x", value)])));

        Assert.Empty(receiver.Received);
    }

    [Theory]
    [InlineData("src/main.c", "/a/src%2Fmain.c/b")]
    [InlineData("...", "/a/.../b")]
    [InlineData("100%", "/a/100%25/b")]
    [InlineData("a%2fb", "/a/a%252fb/b")]
    [InlineData("v1.2", "/a/v1.2/b")]
    public async Task Paths_that_lead_nowhere_else_are_encoded(string value, string expected)
    {
        await using var receiver = await Receiver.StartAsync();
        var operation = new HttpOperation { Method = "GET", Url = receiver.Site + "/a/{x}/b", Parameters = [new("x", "x", HttpPlace.Path)] };

        Assert.Equal(expected, (await receiver.SendAsync(operation, Json([("x", value)]))).Target);
    }

    private static async Task<Received?> TrySendAsync(Receiver receiver, HttpOperation operation, (string, string)[] arguments)
    {
        var before = receiver.Received.Count;
        try
        {
            return await receiver.SendAsync(operation, Json(arguments));
        }
        catch (ToolException)
        {
            Assert.Equal(before, receiver.Received.Count);
            return null;
        }
    }

    private static void AssertNothingElse(Received received, params string[] also) =>
        Assert.Equal(
            new[] { "Accept", "Accept-Encoding", "Host", "User-Agent" }.Concat(also).Order(),
            received.Headers.Keys.Where(name => name is not ("Idempotency-Key" or "Content-Length")).Order());

    private static bool IsText(string text) => new UTF8Encoding(false).GetString(new UTF8Encoding(false).GetBytes(text)) == text;

    // Written by hand: the framework's writer makes text of what is none.
    private static string Json((string Name, string Value)[] strings, params (string Name, Dictionary<string, string> Value)[] objects)
    {
        var members = strings.Select(member => (member.Name, Value: Quote(member.Value)))
            .Concat(objects.Select(member => (member.Name, Value: Json([.. member.Value.Select(inner => (inner.Key, inner.Value))]))));
        return $"{{{string.Join(',', members.Select(member => $"{Quote(member.Name)}:{member.Value}"))}}}";
    }

    private static string Quote(string text) => $"\"{string.Concat(text.Select(letter => $"\\u{(int)letter:x4}"))}\"";
}
