namespace ToolService.Core.Schema.Compilation;

/// <summary>A group of keywords that a meta-schema turns on by its URI.</summary>
internal sealed class Vocabulary
{
    /// <summary>The keywords are given by shape, each group as names with spaces between.</summary>
    public Vocabulary(string uri, params IEnumerable<(KeywordShape Shape, string Names)> groups)
    {
        Uri = uri;
        Keywords = [.. groups.SelectMany(group => group.Names.Split(' ').Select(name => KeyValuePair.Create(name, group.Shape)))];
    }

    public string Uri { get; }

    public IReadOnlyList<KeyValuePair<string, KeywordShape>> Keywords { get; }
}
