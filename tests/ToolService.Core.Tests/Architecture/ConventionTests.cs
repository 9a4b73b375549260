using System.Text.RegularExpressions;

namespace ToolService.Core.Tests.Architecture;

public partial class ConventionTests
{
    private const int LongestProgram = 40;

    // Put together here, so that this file does not hold what it looks for.
    private const string Unfinished = "TO" + "DO";

    [Fact]
    public void No_folder_has_a_name_that_says_nothing() =>
        AssertNone(SourceTree.Files("src", "tests"), file => HasEmptyName(file.Path));

    [Fact]
    public void Public_types_have_a_file_each() =>
        AssertNone(SourceTree.Files("src"), file => SourceText.PublicTypes(file.Text).Distinct().Count() > 1);

    [Fact]
    public void Program_is_short() =>
        Assert.InRange(File.ReadLines(Path.Combine(SourceTree.Root, "src/ToolService.Api/Program.cs")).Count(), 1, LongestProgram - 1);

    [Fact]
    public void Nothing_sleeps_on_a_thread() => AssertNone(SourceTree.Files("src", "tests"), file => Sleeps(file.Text));

    [Fact]
    public void Nothing_is_left_to_do() =>
        AssertNone(SourceTree.Files("src", "tests"), file => IsUnfinished(file.Text));

    [Fact]
    public void Http_clients_are_made_where_requests_are_guarded_and_in_models_only() =>
        AssertNone(SourceTree.Files("src"), file => MakesHttpClient(file.Text) && !MayMakeHttpClient(file.Path));

    [Theory]
    [InlineData("src/ToolService.Core/Tools/Utils/X.cs", true)]
    [InlineData("tests/ToolService.Core.Tests/helpers/X.cs", true)]
    [InlineData("src/ToolService.Core/Common/X.cs", true)]
    [InlineData("src/ToolService.Core/Tools/CommonTools.cs", false)]
    public void Empty_folder_name_is_told_from_a_good_one(string path, bool isEmpty) => Assert.Equal(isEmpty, HasEmptyName(path));

    [Theory]
    [InlineData("public class A;\npublic sealed record B(int X);", 2)]
    [InlineData("public static partial class A { }\npublic readonly record struct B<T>;", 2)]
    [InlineData("public enum A { }\npublic delegate Task<int> B<T>(T x);\npublic interface C;", 3)]
    [InlineData("public class A\n{\n    public class Nested;\n}\ninternal class B;\n// public class C;", 1)]
    [InlineData("/// <summary>x</summary>\npublic sealed class A(string b) : Exception(b);", 1)]
    public void Public_types_are_counted(string text, int count) => Assert.Equal(count, SourceText.PublicTypes(text).Count);

    [Theory]
    [InlineData("var x = new HttpClient();", true)]
    [InlineData("using var x = new HttpClient(handler) { Timeout = y };", true)]
    [InlineData("HttpClient x = new(handler);", true)]
    [InlineData("private readonly HttpClient? _x = new();", true)]
    [InlineData("void X(HttpClient client) => new HttpClientHandler();", false)]
    [InlineData("// new HttpClient()", false)]
    public void Making_an_http_client_is_told_from_using_one(string text, bool makes) => Assert.Equal(makes, MakesHttpClient(text));

    [Fact]
    public void Sleep_and_unfinished_work_are_found()
    {
        Assert.True(Sleeps("System.Threading.Thread . Sleep(1);"));
        Assert.False(Sleeps("// never Thread.Sleep"));
        Assert.True(IsUnfinished($"// {Unfinished}: later"));
        Assert.False(IsUnfinished("MASTODON"));
    }

    private static void AssertNone(IEnumerable<(string Path, string Text)> files, Predicate<(string Path, string Text)> isWrong) =>
        Assert.Equal("", string.Join('\n', files.Where(file => isWrong(file)).Select(file => file.Path)));

    private static bool HasEmptyName(string path) =>
        path.Split('/')[..^1].Any(folder => ((string[])["Common", "Utils", "Helpers"]).Contains(folder, StringComparer.OrdinalIgnoreCase));

    private static bool Sleeps(string text) => Sleep().IsMatch(SourceText.WithoutCommentsAndStrings(text));

    private static bool IsUnfinished(string text) => Regex.IsMatch(text, $@"\b{Unfinished}\b", RegexOptions.CultureInvariant);

    private static bool MakesHttpClient(string text) => HttpClientMade().IsMatch(SourceText.WithoutCommentsAndStrings(text));

    private static bool MayMakeHttpClient(string path) =>
        path.StartsWith(Arrows.Core + "Tools/Http/", StringComparison.Ordinal)
        || path.StartsWith(Arrows.Core + "Models/", StringComparison.Ordinal)
        // Asks this service itself.
        || path == "src/ToolService.Api/Hosting/Commands/HealthCommand.cs";

    [GeneratedRegex(@"\bThread\s*\.\s*Sleep\b", RegexOptions.CultureInvariant)]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bnew\s+HttpClient\s*[({]|\bHttpClient\??\s+\w+\s*=\s*new\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex HttpClientMade();
}
