using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ToolService.Api.Tests.Tools;

public sealed partial class SchemaDocumentTests
{
    public static TheoryData<string, string, string, string> Mistakes =>
        new(Mistake().Matches(RepositoryFiles.Read("docs/schema.md"))
            .Select(match => (match.Groups["title"].Value, match.Groups["request"].Value, match.Groups["errors"].Value, match.Groups["text"].Value)));

    [Fact]
    public void Document_shows_five_mistakes() => Assert.Equal(5, Mistakes.Count);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Mistake_is_answered_as_the_document_shows(string title, string request, string errors, string text)
    {
        await using var service = await TestService.StartAsync();

        var problem = await service.Client.PostJsonAsync("/v1/tools/call", request, HttpStatusCode.BadRequest);

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(errors).GetProperty("errors"), problem.GetProperty("errors")), $"{title}: {problem}");
        Assert.Equal(text, problem.Text("detail"));
    }

    [GeneratedRegex("### (?<title>[^\n]+)\n\n```json\n(?<request>[^`]+)\n```\n\n```json\n(?<errors>[^`]+)\n```\n\n```text\n(?<text>[^`]+)\n```")]
    private static partial Regex Mistake();
}
