using System.Text.RegularExpressions;

namespace ToolService.Api.Tests.Hosting;

public partial class DocumentLinkTests
{
    public static TheoryData<string> Pages => [.. RepositoryFiles.Find("docs", "*.md").Append("README.md")];

    [Theory, MemberData(nameof(Pages))]
    public void Links_of_a_page_lead_somewhere(string page)
    {
        foreach (Match link in Link().Matches(RepositoryFiles.Read(page)))
        {
            var (file, anchor) = (link.Groups["file"].Value, link.Groups["anchor"].Value);
            var target = file.Length == 0 ? page : Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(page)!, file));
            Assert.True(RepositoryFiles.Has(target), $"{page} links to {target}, which is not there.");
            if (anchor.Length > 0)
                Assert.Contains(anchor, Headings(RepositoryFiles.Read(target)));
        }
    }

    private static IEnumerable<string> Headings(string text) =>
        text.Split('\n').Where(line => line.StartsWith('#')).Select(line => NotInAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<file>(?!https?:)[^)#\s]*)(#(?<anchor>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
