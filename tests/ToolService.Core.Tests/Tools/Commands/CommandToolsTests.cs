using System.Text.Json;
using ToolService.Core.Tools.Commands;
using ToolService.Core.Tools.Sandbox;

namespace ToolService.Core.Tests.Tools.Commands;

public class CommandToolsTests
{
    [Fact]
    public async Task Command_is_run_that_is_allowed()
    {
        using CommandBench bench = new(options =>
        {
            options.Enabled.Add("run");
            options.Allow.Add(new CommandRuleOptions { Command = "wc", Arguments = ["-c"] });
        });

        var result = await bench.CallAsync("run_command", """{"command":["wc","-c"],"stdin":"four"}""");

        Assert.Equal((0, "4\n"), (result.GetProperty("exit_code").GetInt32(), result.GetProperty("stdout").GetString()));
        Assert.Contains("not allowed", await bench.FailAsync("run_command", """{"command":["wc","-l"]}"""));
        Assert.Contains("not allowed", await bench.FailAsync("run_command", """{"command":["sh","-c","id"]}"""));
    }

    [Fact]
    public async Task Python_is_run_and_its_files_are_told()
    {
        using CommandBench bench = new(options => options.Enabled.Add("python"));
        await bench.CallAsync("write_file", """{"path":"old.txt","content":"x"}""");
        await bench.CallAsync("write_file", """{"path":"helper.py","content":"answer = 42\n"}""");

        var result = await bench.CallAsync("execute_python", """{"code":"import os, helper\nprint(helper.answer)\nopen('new.txt', 'w').write('x')\nos.remove('old.txt')\nraise SystemExit(3)"}""");

        Assert.Equal((3, "42\n"), (result.GetProperty("exit_code").GetInt32(), result.GetProperty("stdout").GetString()));
        Assert.Equal("""{"created":["new.txt"],"changed":[],"deleted":["old.txt"]}""", result.GetProperty("files").GetRawText());
    }

    [Fact]
    public async Task JavaScript_is_run()
    {
        Assert.SkipWhen(Programs.Find("node") is null, "node is not installed.");
        using CommandBench bench = new(options => options.Enabled.Add("javascript"));

        var result = await bench.CallAsync("execute_javascript", """{"code":"console.log([1, 2].map(x => x * 2), require('os').userInfo().username)"}""");

        Assert.Equal("[ 2, 4 ] sandbox\n", result.GetProperty("stdout").GetString());
    }

    [Fact]
    public async Task Interpreter_that_is_missing_is_told()
    {
        Assert.SkipUnless(Programs.Find("node") is null, "node is installed.");
        using CommandBench bench = new(options => options.Enabled.Add("javascript"));

        Assert.Contains("node", Assert.Single((await bench.LoadAsync()).Skipped).Reason);
    }

    [Fact]
    public async Task Only_what_is_enabled_is_there()
    {
        using CommandBench bench = new(options => options.Enabled.Add("Git"));

        Assert.Equal(["git_diff", "git_log", "git_status"], (await bench.LoadAsync()).Tools.Where(tool => tool.Source == "commands").Select(tool => tool.Name).Order());
    }

    [Fact]
    public async Task Command_of_the_operators_is_a_tool()
    {
        using CommandBench bench = new(options => options.Tools["count_lines"] = new CommandToolOptions
        {
            Description = "Counts the lines of files.",
            Command = ["wc", "-l", "--", "{files}"],
            Parameters = { ["files"] = new CommandParameterOptions { Type = "string[]", Required = true, Description = "The files.", Pattern = "[a-z.]+" } },
            ReadOnly = true,
        });
        await bench.CallAsync("write_file", """{"path":"a.txt","content":"1\n2\n"}""");
        var tool = await bench.ToolAsync("count_lines");

        var result = await bench.CallAsync("count_lines", """{"files":["a.txt"]}""");

        Assert.Equal("2 a.txt\n", result.GetProperty("stdout").GetString());
        Assert.True(tool.Policy.ReadOnly);
        Assert.Contains("{files}", tool.Target);
        Assert.NotEmpty(tool.Schema.Validate(JsonElement.Parse("""{"files":["A"]}""")));
        Assert.NotEmpty(tool.Schema.Validate(JsonElement.Parse("""{"files":["a.txt"],"other":1}""")));
        Assert.NotEmpty(tool.Schema.Validate(JsonElement.Parse("{}")));
    }

    [Fact]
    public async Task Read_only_command_cannot_write()
    {
        using CommandBench bench = new(options => options.Tools["touch"] = new CommandToolOptions { Description = "Touches.", Command = ["touch", "x"], ReadOnly = true });

        Assert.Contains("Read-only file system", (await bench.CallAsync("touch")).GetProperty("stderr").GetString());
    }

    [Fact]
    public async Task Command_gets_its_environment_its_input_and_its_folder()
    {
        using CommandBench bench = new(options => options.Tools["show"] = new CommandToolOptions
        {
            Description = "Shows.",
            Command = ["sh", "-c", "pwd; echo $NAME; cat"],
            Environment = { ["NAME"] = "value" },
            Stdin = "<{text}>",
            WorkingDirectory = "sub",
            Parameters = { ["text"] = new CommandParameterOptions() },
        });
        await bench.CallAsync("write_file", """{"path":"sub/x","content":""}""");

        Assert.Equal("/workspace/sub\nvalue\n<hi>", (await bench.CallAsync("show", """{"text":"hi"}""")).GetProperty("stdout").GetString());
    }

    [Fact]
    public async Task Secret_reaches_the_command_and_not_the_result()
    {
        using CommandBench bench = new(AddSecretTool, new OneSecret());
        var tool = await bench.ToolAsync("show_secret");

        Assert.Equal("[secret] 7\n", (await bench.CallAsync("show_secret")).GetProperty("stdout").GetString());
        Assert.Contains("${secret:TOKEN}", tool.Target);
    }

    [Fact]
    public async Task Secret_is_not_in_the_last_words_of_a_command_that_was_killed()
    {
        using CommandBench bench = new(
            options =>
            {
                AddSecretTool(options);
                options.Tools["show_secret"].Command = ["sh", "-c", "echo $TOKEN; sleep 60"];
                options.Tools["show_secret"].Timeout = TimeSpan.FromSeconds(1);
            },
            new OneSecret());

        Assert.EndsWith("Its output ended: [secret]", await bench.FailAsync("show_secret", "{}"));
    }

    [Fact]
    public async Task Command_that_names_a_secret_is_skipped_where_there_are_none()
    {
        using CommandBench bench = new(AddSecretTool);

        Assert.Equal("show_secret", Assert.Single((await bench.LoadAsync()).Skipped).Name);
    }

    private static void AddSecretTool(CommandOptions options) => options.Tools["show_secret"] = new CommandToolOptions
    {
        Description = "Shows.",
        Command = ["sh", "-c", "echo $TOKEN ${{#TOKEN}}"],
        Environment = { ["TOKEN"] = "${secret:TOKEN}" },
    };

    private sealed class OneSecret : ICommandSecrets
    {
        public string? Check(string template) => null;

        public string Fill(string template) => template.Replace("${secret:TOKEN}", "hunter2", StringComparison.Ordinal);

        public string Redact(string text) => text.Replace("hunter2", "[secret]", StringComparison.Ordinal);
    }
}
