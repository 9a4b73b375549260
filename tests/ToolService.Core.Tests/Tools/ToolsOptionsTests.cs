using Microsoft.Extensions.Configuration;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

public class ToolsOptionsTests
{
    [Fact]
    public void Every_tool_is_allowed_when_nothing_is_configured() => Assert.True(new ToolsOptions().AllowedPatterns().Matches("calculator"));

    [Fact]
    public void Configured_list_replaces_the_default() => Assert.False(Bind(("Allowed:0", "get_*")).AllowedPatterns().Matches("calculator"));

    [Fact]
    public void Tool_that_nothing_applies_to_stays_the_same()
    {
        var tool = DefinedTool.Create("calculator");
        Assert.Same(tool, Bind(("RequireConfirmation:0", "get_*"), ("Policies:other:MaxRetries", "0")).Apply(tool));
    }

    [Fact]
    public void Settings_that_are_given_override_the_policy()
    {
        var options = Bind(
            ("Policies:CALCULATOR:Timeout", "00:00:05"), ("Policies:calculator:MaxRetries", "0"), ("Policies:calculator:MaxParallel", "4"),
            ("Policies:calculator:MaxResultCharacters", "100"), ("Policies:calculator:Idempotent", "true"), ("Policies:calculator:ReadOnly", "false"),
            ("Policies:calculator:Destructive", "true"), ("Policies:calculator:OpenWorld", "true"));

        var policy = options.Apply(DefinedTool.Create("calculator", policy: new() { ReadOnly = true, RequiresConfirmation = true })).Policy;

        Assert.Equal(
            new ToolPolicy
            {
                Timeout = TimeSpan.FromSeconds(5),
                MaxRetries = 0,
                MaxParallel = 4,
                MaxResultCharacters = 100,
                Idempotent = true,
                Destructive = true,
                OpenWorld = true,
                RequiresConfirmation = true,
            },
            policy);
    }

    [Fact]
    public void Listed_tool_requires_confirmation() =>
        Assert.True(Bind(("RequireConfirmation:0", "calc*")).Apply(DefinedTool.Create("calculator")).Policy.RequiresConfirmation);

    [Fact]
    public void Tools_own_setting_goes_before_the_list()
    {
        var options = Bind(("RequireConfirmation:0", "*"), ("Policies:calculator:RequiresConfirmation", "false"));
        Assert.False(options.Apply(DefinedTool.Create("calculator")).Policy.RequiresConfirmation);
    }

    [Fact]
    public void Sensible_settings_are_valid() => Assert.True(Validate(
        ("Allowed:0", "*"), ("Denied:0", "get_*"), ("Policies:none_such:Timeout", "00:00:01"), ("Policies:none_such:MaxRetries", "10")).Succeeded);

    [Theory]
    [InlineData("Policies:calculator:Timeout", "-00:00:01", "Tools:Policies:calculator:Timeout must be positive, is -00:00:01.")]
    [InlineData("Policies:calculator:Timeout", "2.00:00:00", "Tools:Policies:calculator:Timeout must be at most 1.00:00:00 (a day), is 2.00:00:00.")]
    [InlineData("Policies:calculator:MaxRetries", "-1", "Tools:Policies:calculator:MaxRetries must be from 0 to 10, is -1.")]
    [InlineData("Policies:calculator:MaxRetries", "11", "Tools:Policies:calculator:MaxRetries must be from 0 to 10, is 11.")]
    [InlineData("Policies:calculator:MaxParallel", "0", "Tools:Policies:calculator:MaxParallel must be at least 1, is 0.")]
    [InlineData("Policies:calculator:MaxResultCharacters", "0", "Tools:Policies:calculator:MaxResultCharacters must be at least 1, is 0.")]
    [InlineData("Policies:get_*:MaxRetries", "1", "Tools:Policies:get_* must name one tool: patterns are not for policies.")]
    [InlineData("Denied:0", "a b", "Tools:Denied:0: Tool name pattern 'a b' may hold letters, digits, '_', '-' and '*' only.")]
    [InlineData("Allowed:0", "", "Tools:Allowed:0: A tool name pattern is empty; '*' matches every tool.")]
    public void Bad_setting_is_refused_by_name(string setting, string value, string failure) =>
        Assert.Equal([failure], Validate((setting, value)).Failures!);

    [Fact]
    public void Settings_that_contradict_each_other_are_refused() => Assert.Equal(
        ["Tools:Policies:eraser: ReadOnly and Destructive cannot both be true."],
        Validate(("Policies:eraser:ReadOnly", "true"), ("Policies:eraser:Destructive", "true")).Failures!);

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(params (string Setting, string Value)[] settings) =>
        new ToolsOptionsValidator().Validate(null, Bind(settings));

    private static ToolsOptions Bind(params (string Setting, string Value)[] settings)
    {
        var options = new ToolsOptions();
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Tools:{setting.Setting}", (string?)setting.Value)))
            .Build().GetSection(ToolsOptions.Section).Bind(options);
        return options;
    }
}
