using ToolService.Core.Tools.Commands;

namespace ToolService.Core.Tests.Tools.Commands;

public class CommandOptionsTests
{
    [Fact]
    public void Nothing_is_enabled_by_default()
    {
        CommandOptions options = new();

        Assert.False(CommandToolSource.IsWanted(options));
        Assert.Empty(Failures(options));
    }

    [Fact]
    public void Unknown_group_is_refused() =>
        Assert.Contains("Commands:Enabled:0 'shell' is none of: files, git", Failures(options => options.Enabled.Add("shell")));

    [Fact]
    public void Running_needs_something_to_run() =>
        Assert.Contains("Commands:Allow must name a command", Failures(options => options.Enabled.Add("run")));

    [Fact]
    public void Allowing_needs_something_that_runs() =>
        Assert.Contains("Commands:Allow has no effect", Failures(options => options.Allow.Add(new CommandRuleOptions { Command = "ls" })));

    [Fact]
    public void Rule_without_a_command_is_refused() =>
        Assert.Contains("Commands:Deny:0:Command is required", Failures(options => options.Deny.Add(new CommandRuleOptions())));

    [Theory]
    [InlineData("{name}", "Command must begin with a program")]
    [InlineData("", "Command must begin with a program")]
    [InlineData("x|{other}", "there is no argument 'other'; there is name")]
    [InlineData("x|{name", "'{name' has a '{'")]
    public void Template_that_cannot_work_is_refused(string command, string failure) =>
        Assert.Contains(failure, Failures(Tool(tool => tool.Command = [.. command.Split('|', StringSplitOptions.RemoveEmptyEntries)])));

    [Fact]
    public void Tool_that_cannot_work_is_refused()
    {
        Assert.Contains("Commands:Tools:t:Description is required", Failures(Tool(tool => tool.Description = "")));
        Assert.Contains("Commands:Tools:t:Schema is no JSON", Failures(Tool(tool => (tool.Schema, tool.Parameters) = ("{", []))));
        Assert.Contains("Schema and Parameters cannot both", Failures(Tool(tool => tool.Schema = "{}")));
        Assert.Contains("ReadOnly and Destructive", Failures(Tool(tool => (tool.ReadOnly, tool.Destructive) = (true, true))));
        Assert.Contains("WorkingDirectory: '../x' leads up", Failures(Tool(tool => tool.WorkingDirectory = "../x")));
        Assert.Contains("Parameters:name:Type 'text' is none of", Failures(Tool(tool => tool.Parameters["name"].Type = "text")));
        Assert.Contains("Parameters:name:Pattern '(' is no regular expression", Failures(Tool(tool => tool.Parameters["name"].Pattern = "(")));
        Assert.Contains("'A=B' is not the name of a variable", Failures(Tool(tool => tool.Environment["A=B"] = "x")));
        Assert.Contains("Timeout must be positive", Failures(Tool(tool => tool.Timeout = TimeSpan.Zero)));
        Assert.Contains("there is no argument 'flag'", Failures(Tool(tool => tool.AllowOptions = ["flag"])));
    }

    private static Action<CommandOptions> Tool(Action<CommandToolOptions> change) => options =>
    {
        CommandToolOptions tool = new() { Description = "Does.", Command = ["x", "{name}"], Parameters = { ["name"] = new CommandParameterOptions() } };
        change(tool);
        options.Tools["t"] = tool;
    };

    private static string Failures(Action<CommandOptions> configure)
    {
        CommandOptions options = new();
        configure(options);
        return Failures(options);
    }

    private static string Failures(CommandOptions options) => new CommandOptionsValidation().Validate(null, options).FailureMessage ?? "";
}
