using System.Text;

namespace ToolService.Core.Tests.Tools.Http.Operations;

/// <summary>A request as it came over the wire.</summary>
internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string?[]> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string Path => Target.Split('?')[0];

    public string Query => Target.Contains('?', StringComparison.Ordinal) ? Target[(Target.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";

    /// <summary>The parameters of the query, decoded, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters =>
        [.. Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => (Decode(pair[0]), Decode(pair[1])))];

    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? Assert.Single(values) : null;

    private static string Decode(string text) => Uri.UnescapeDataString(text);
}
