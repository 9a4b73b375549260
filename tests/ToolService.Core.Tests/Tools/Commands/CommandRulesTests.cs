using ToolService.Core.Tools;
using ToolService.Core.Tools.Commands;

namespace ToolService.Core.Tests.Tools.Commands;

public class CommandRulesTests
{
    [Theory]
    [InlineData("make", "make", true)]
    [InlineData("make", "make all -j 4", true)]
    [InlineData("make", "makeall", false)]
    [InlineData("make", "/usr/bin/make", false)]
    [InlineData("git status", "git status", true)]
    [InlineData("git status", "git status --short", false)]
    [InlineData("git status ...", "git status --short x", true)]
    [InlineData("git log ... -- *.cs", "git log -- a.cs", true)]
    [InlineData("git log ... -- *.cs", "git log --oneline -5 -- src/a.cs", true)]
    [InlineData("git log ... -- *.cs", "git log --oneline a.cs", false)]
    [InlineData("npm run test:*", "npm run test:unit", true)]
    [InlineData("npm run test:*", "npm run build", false)]
    [InlineData("npm run test:*", "npm run test:unit extra", false)]
    [InlineData("x a*b*c", "x abbbcbc", true)]
    [InlineData("x a*b*c", "x abbbcb", false)]
    [InlineData("x ... push ...", "x -C /tmp push origin", true)]
    [InlineData("x ... push ...", "x -C /tmp pull origin", false)]
    public void Command_is_allowed_where_a_rule_means_it(string rule, string command, bool isAllowed) =>
        Assert.Equal(isAllowed, IsAllowed([Rule(rule)], [], command));

    [Fact]
    public void Denied_is_denied_whatever_is_allowed()
    {
        CommandRuleOptions[] allow = [Rule("git")], deny = [Rule("git ... push ...")];

        Assert.True(IsAllowed(allow, deny, "git fetch"));
        Assert.False(IsAllowed(allow, deny, "git -C x push"));
    }

    [Fact]
    public void Nothing_is_allowed_by_default() => Assert.False(IsAllowed([], [], "true"));

    [Fact]
    public void Refusal_says_what_is_allowed()
    {
        var failure = Assert.Throws<ToolException>(() => Check([Rule("git status ..."), Rule("make")], [], "rm -rf ."));

        Assert.Contains("git status ...; make", failure.Message);
    }

    [Fact]
    public void Long_patterns_and_arguments_are_matched_in_time_that_they_are_worth() =>
        Assert.False(IsAllowed([Rule($"x {string.Concat(Enumerable.Repeat("a*", 200))}b")], [], $"x {new string('a', 20_000)}"));

    private static bool IsAllowed(CommandRuleOptions[] allow, CommandRuleOptions[] deny, string command)
    {
        try
        {
            Check(allow, deny, command);
            return true;
        }
        catch (ToolException)
        {
            return false;
        }
    }

    private static void Check(CommandRuleOptions[] allow, CommandRuleOptions[] deny, string command)
    {
        CommandOptions options = new();
        options.Allow.AddRange(allow);
        options.Deny.AddRange(deny);
        new CommandRules(options).Check(command.Split(' '));
    }

    private static CommandRuleOptions Rule(string text) => new() { Command = text.Split(' ')[0], Arguments = [.. text.Split(' ').Skip(1)] };
}
