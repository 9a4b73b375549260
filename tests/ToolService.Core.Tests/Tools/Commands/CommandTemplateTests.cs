using System.Text.Json;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Commands;

namespace ToolService.Core.Tests.Tools.Commands;

public class CommandTemplateTests
{
    [Theory]
    [InlineData("grep|{text}|.", """{"text":"a b; $(id) 'x'"}""", "grep|a b; $(id) 'x'|.")]
    [InlineData("ls|{files}", """{"files":["a","b c",""]}""", "ls|a|b c|")]
    [InlineData("ls|{files}", """{"files":[]}""", "ls")]
    [InlineData("ls|{files}|end", "{}", "ls|end")]
    [InlineData("ls|{files}|end", """{"files":null}""", "ls|end")]
    [InlineData("x|--name={name}", """{"name":"-rf"}""", "x|--name=-rf")]
    [InlineData("x|--name={name}", "{}", "x")]
    [InlineData("x|--file={files}", """{"files":["a","b"]}""", "x|--file=a|--file=b")]
    [InlineData("x|{a}-{b}", """{"a":1,"b":true}""", "x|1-true")]
    [InlineData("x|{a}", """{"a":1.50}""", "x|1.50")]
    [InlineData("x|{{a}}", """{"a":1}""", "x|{a}")]
    [InlineData("x|{a}", """{"a":"{b}","b":"no"}""", "x|{b}")]
    [InlineData("x|{a}", """{"a":{"b":1}}""", """x|{"b":1}""")]
    public void Arguments_are_filled_in_each_in_its_place(string template, string arguments, string command) =>
        Assert.Equal(command.Split('|'), Fill(template, arguments));

    [Theory]
    [InlineData("rm|{files}", """{"files":["a","-rf"]}""")]
    [InlineData("rm|{file}", """{"file":"--no-preserve-root"}""")]
    [InlineData("rm|{file}", """{"file":"-"}""")]
    [InlineData("kill|{id}", """{"id":-9}""")]
    [InlineData("rm|{file}.txt", """{"file":"-rf"}""")]
    public void Value_cannot_become_an_option(string template, string arguments) =>
        Assert.Contains("must not begin with '-'", Assert.Throws<ToolException>(() => Fill(template, arguments)).Message);

    [Fact]
    public void Value_may_be_an_option_where_the_operator_says_so() =>
        Assert.Equal(["ls", "-l"], new CommandTemplate(["ls", "{flag}"], ["flag"]).Fill(Arguments("""{"flag":"-l"}""")));

    [Fact]
    public void Two_lists_in_one_place_are_refused() =>
        Assert.Throws<ToolException>(() => Fill("x|{a}={b}", """{"a":["1","2"],"b":["3","4"]}"""));

    [Theory]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{}")]
    [InlineData("{a")]
    [InlineData("a}")]
    [InlineData("{a{b}}")]
    public void Unbalanced_braces_are_refused(string template) => Assert.Throws<FormatException>(() => new CommandTemplate([template], []));

    [Theory]
    [InlineData("git|{a}", true)]
    [InlineData("{a}|x", false)]
    [InlineData("/opt/{a}|x", false)]
    [InlineData("", false)]
    public void Program_is_the_operators_to_choose(string template, bool isFixed) =>
        Assert.Equal(isFixed, new CommandTemplate(template.Split('|'), []).HasFixedProgram);

    private static IReadOnlyList<string> Fill(string template, string arguments) => new CommandTemplate(template.Split('|'), []).Fill(Arguments(arguments));

    private static Dictionary<string, JsonElement> Arguments(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
}
