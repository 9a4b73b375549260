using ToolService.Core.Tools.Commands;
using ToolService.Core.Tools.Sandbox;

namespace ToolService.Core.Tests.Tools.Commands;

public sealed class GitToolsTests : IDisposable
{
    private readonly CommandBench _bench;

    public GitToolsTests()
    {
        Assert.SkipWhen(Programs.Find("git") is null, "git is not installed.");
        _bench = new CommandBench(options =>
        {
            options.Enabled.AddRange(["git", "run"]);
            options.Allow.Add(new CommandRuleOptions { Command = "sh" });
        });
    }

    [Fact]
    public async Task Repository_is_looked_at()
    {
        await ShellAsync("git init -q -b main repo && cd repo && echo one > a.txt && git add . && git commit -qm 'First one' && echo two > a.txt && echo x > new.txt");

        Assert.Equal("## main\n M a.txt\n?? new.txt\n", await OutputAsync("git_status", """{"path":"repo"}"""));
        Assert.Contains("-one\n+two\n", await OutputAsync("git_diff", """{"path":"repo"}"""));
        Assert.Equal("", await OutputAsync("git_diff", """{"path":"repo","staged":true}"""));
        Assert.Equal("", await OutputAsync("git_diff", """{"path":"repo","files":["new.txt"]}"""));
        Assert.EndsWith("Tester <tester@example.com>\n    First one\n", await OutputAsync("git_log", """{"path":"repo","revision":"main"}"""));
    }

    [Fact]
    public async Task Folder_without_a_repository_is_told() =>
        Assert.Contains("not a git repository", await _bench.FailAsync("git_status", "{}"));

    [Theory]
    [InlineData("--output=x")]
    [InlineData("-O/etc/passwd")]
    [InlineData("")]
    public async Task Revision_cannot_be_an_option(string revision)
    {
        await ShellAsync("git init -q .");

        Assert.Contains("does not begin with '-'", await _bench.FailAsync("git_log", $$"""{"revision":"{{revision}}"}"""));
    }

    // Each of these makes git, left to itself, run a program of the repository's choice.
    [Theory]
    [InlineData("git config core.fsmonitor ./evil")]
    [InlineData("git config core.pager ./evil; git config pager.log ./evil; git config pager.diff ./evil")]
    [InlineData("git config diff.external ./evil")]
    [InlineData("git config diff.bad.command ./evil; echo '* diff=bad' > .gitattributes")]
    [InlineData("git config diff.bad.textconv ./evil; echo '* diff=bad' > .gitattributes")]
    [InlineData("git config filter.bad.clean ./evil; git config filter.bad.required true; echo '* filter=bad' > .gitattributes")]
    [InlineData("git config filter.bad.process ./evil; echo '* filter=bad' > .gitattributes")]
    [InlineData("git config filter.a=b.clean ./evil; echo '* filter=a=b' > .gitattributes")]
    [InlineData("printf '[filter \"bad\"]\\nclean = ./evil\\n' > more; git config include.path ../more; echo '* filter=bad' > .gitattributes")]
    [InlineData("git config core.hooksPath .; cp evil post-index-change")]
    [InlineData("git config log.showSignature true; git config gpg.program ./evil")]
    [InlineData("git config core.alternateRefsCommand ./evil")]
    public async Task Configuration_of_the_repository_runs_nothing(string configuration)
    {
        await ShellAsync($"""
            git init -q . && printf '#!/bin/sh\necho it ran >&2\necho it ran\n' > evil && chmod +x evil && echo one > a.txt && git add . && git commit -qm First
            {configuration}
            echo two > a.txt
            """);

        foreach (var tool in new[] { "git_status", "git_diff", "git_log" })
            Assert.DoesNotContain("it ran\n", await OutputAsync(tool, "{}"));
    }

    public void Dispose() => _bench?.Dispose();

    private async Task ShellAsync(string script)
    {
        const string Identity = "export GIT_AUTHOR_NAME=Tester GIT_AUTHOR_EMAIL=tester@example.com GIT_COMMITTER_NAME=Tester GIT_COMMITTER_EMAIL=tester@example.com\n";
        var result = await _bench.CallAsync("run_command", System.Text.Json.JsonSerializer.Serialize(new { command = new[] { "sh", "-c", Identity + script } }));
        Assert.True(result.GetProperty("exit_code").GetInt32() == 0, result.GetRawText());
    }

    private async Task<string> OutputAsync(string tool, string arguments)
    {
        var result = await _bench.CallAsync(tool, arguments);
        return result.GetProperty("output").GetString()!;
    }
}
