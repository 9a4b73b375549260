namespace ToolService.Core.Tests.Tools.Commands;

public sealed class FileToolsTests : IDisposable
{
    private readonly CommandBench _bench = new(_ => { });

    [Fact]
    public async Task File_is_written_listed_and_read()
    {
        var written = await _bench.CallAsync("write_file", """{"path":"notes/plan.md","content":"one\ntwo\nthree\n"}""");
        var again = await _bench.CallAsync("write_file", """{"path":"notes/plan.md","content":"one\ntwo\nthree\n"}""");
        var listed = await _bench.CallAsync("list_files", """{"recursive":true}""");
        var read = await _bench.CallAsync("read_file", """{"path":"notes/plan.md","start_line":2,"max_lines":1}""");

        Assert.Equal("""{"path":"notes/plan.md","size_bytes":14,"created":true}""", written.GetRawText());
        Assert.False(again.GetProperty("created").GetBoolean());
        Assert.Equal(
            """[{"path":"notes","type":"folder","size_bytes":null},{"path":"notes/plan.md","type":"file","size_bytes":14}]""",
            listed.GetProperty("entries").GetRawText());
        Assert.Equal(
            """{"path":"notes/plan.md","content":"two\n","start_line":2,"lines":1,"total_lines":3,"truncated":true,"size_bytes":14}""",
            read.GetRawText());
    }

    [Fact]
    public async Task Edit_replaces_what_is_there_once()
    {
        await _bench.CallAsync("write_file", """{"path":"a.txt","content":"x = 1\ny = 1\n"}""");

        await _bench.CallAsync("edit_file", """{"path":"a.txt","old_text":"x = 1","new_text":"x = 2"}""");

        Assert.Equal("x = 2\ny = 1\n", await ReadAsync("a.txt"));
    }

    [Fact]
    public async Task Edit_of_what_is_there_twice_asks_which()
    {
        await _bench.CallAsync("write_file", """{"path":"a.txt","content":"1 1 1"}""");

        Assert.Contains("3 times", await _bench.FailAsync("edit_file", """{"path":"a.txt","old_text":"1","new_text":"2"}"""));
        await _bench.CallAsync("edit_file", """{"path":"a.txt","old_text":"1","new_text":"2","replace_all":true}""");
        Assert.Equal("2 2 2", await ReadAsync("a.txt"));
    }

    [Fact]
    public async Task Edit_of_what_is_not_there_says_so()
    {
        await _bench.CallAsync("write_file", """{"path":"a.txt","content":"x"}""");

        Assert.Contains("does not hold this text", await _bench.FailAsync("edit_file", """{"path":"a.txt","old_text":"y","new_text":"z"}"""));
    }

    [Fact]
    public async Task File_that_is_no_text_is_not_read()
    {
        await File.WriteAllBytesAsync(Path.Combine(_bench.Folder, "binary"), [0xFF, 0xFE, 0x00], TestContext.Current.CancellationToken);

        Assert.Contains("not text", await _bench.FailAsync("read_file", """{"path":"binary"}"""));
    }

    [Fact]
    public async Task Reading_beyond_the_end_gives_nothing()
    {
        await _bench.CallAsync("write_file", """{"path":"a.txt","content":"x"}""");

        var read = await _bench.CallAsync("read_file", """{"path":"a.txt","start_line":5}""");

        Assert.Equal((0, 1), (read.GetProperty("lines").GetInt32(), read.GetProperty("total_lines").GetInt32()));
    }

    [Fact]
    public async Task Search_finds_text_as_it_is()
    {
        await _bench.CallAsync("write_file", """{"path":"src/a.py","content":"x = 1\nprint(x.y*)\n"}""");
        await _bench.CallAsync("write_file", """{"path":"b.md","content":"PRINT(X.Y*)\n"}""");

        Assert.Equal(["src/a.py:2"], await FindAsync("""{"query":"(x.y*)"}"""));
        Assert.Equal(["b.md:1", "src/a.py:2"], await FindAsync("""{"query":"(x.y*)","ignore_case":true}"""));
        Assert.Equal(["src/a.py:2"], await FindAsync("""{"query":"(x.y*)","ignore_case":true,"files":"*.py"}"""));
        Assert.Equal(["src/a.py:1", "src/a.py:2"], await FindAsync("""{"query":"^x|x\\.","regex":true}"""));
        Assert.Empty(await FindAsync("""{"query":"x","path":"src","files":"*.md"}"""));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*)*b")]
    public async Task Search_takes_no_longer_for_a_hostile_expression(string expression)
    {
        await _bench.CallAsync("write_file", $$"""{"path":"a.txt","content":"{{new string('a', 90_000)}}!"}""");

        Assert.Empty(await FindAsync($$"""{"query":"{{expression}}","regex":true}"""));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(?<=a)b")]
    [InlineData("(a)\\\\1")]
    public async Task Search_refuses_expressions_that_it_cannot_bound(string expression) =>
        Assert.Contains("cannot be used", await _bench.FailAsync("search_files", $$"""{"query":"{{expression}}","regex":true}"""));

    [Theory]
    [InlineData("list_files", true, false)]
    [InlineData("read_file", true, false)]
    [InlineData("search_files", true, false)]
    [InlineData("write_file", false, true)]
    [InlineData("edit_file", false, true)]
    public async Task Tool_says_what_it_does(string name, bool isReadOnly, bool isDestructive)
    {
        var policy = (await _bench.ToolAsync(name)).Policy;

        Assert.Equal((isReadOnly, isDestructive), (policy.ReadOnly, policy.Destructive));
    }

    public void Dispose() => _bench.Dispose();

    private async Task<string> ReadAsync(string path) =>
        (await _bench.CallAsync("read_file", $$"""{"path":"{{path}}"}""")).GetProperty("content").GetString()!;

    private async Task<string[]> FindAsync(string arguments) =>
    [
        .. (await _bench.CallAsync("search_files", arguments)).GetProperty("matches").EnumerateArray()
            .Select(match => $"{match.GetProperty("path").GetString()}:{match.GetProperty("line").GetInt32()}"),
    ];
}
