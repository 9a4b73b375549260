using System.Text;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>An absolute URL whose path has places for arguments, <c>{name}</c>; scheme, host and port have none.</summary>
internal sealed class UrlTemplate
{
    private const int MostCharacters = 2_000;

    private readonly string _origin;
    private readonly string _query;
    private readonly IReadOnlyList<IReadOnlyList<Part>> _segments;

    private UrlTemplate(string origin, IReadOnlyList<IReadOnlyList<Part>> segments, string query)
    {
        (_origin, _segments, _query) = (origin, segments, query);
        Site = new Uri(origin + "/");
        Names = [.. segments.SelectMany(segment => segment).Where(part => part.IsName).Select(part => part.Text)];
    }

    /// <summary>Scheme, host and port.</summary>
    public Uri Site { get; }

    /// <summary>The names of the path's places, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads a template.</summary>
    /// <exception cref="ToolDefinitionException">It is no such URL; the message says why.</exception>
    public static UrlTemplate Parse(string text)
    {
        if (text.Length > MostCharacters)
            throw new ToolDefinitionException($"The URL has {text.Length} characters; at most {MostCharacters} are allowed.");
        if (text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)))
            throw new ToolDefinitionException("The URL has a space, a control character or a line break in it.");

        var authority = text.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0 ? scheme + 3 : -1;
        if (authority < 0)
            throw new ToolDefinitionException("That is not a complete URL; write it like https://api.example.org/users/{id}.");

        var end = text.AsSpan(authority).IndexOfAny("/?#\\") is var at and >= 0 ? authority + at : text.Length;
        var origin = text[..end];
        if (origin.AsSpan().ContainsAny("{}$"))
            throw new ToolDefinitionException("Scheme, host and port of the URL are fixed: arguments and secrets cannot be part of them.");
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var site) || site.PathAndQuery != "/")
            throw new ToolDefinitionException($"'{origin}' is no scheme, host and port.");
        if (site.UserInfo.Length > 0)
            throw new ToolDefinitionException("A URL has no user name or password; send them in a header, as a secret.");
        if (text.Contains('#', StringComparison.Ordinal))
            throw new ToolDefinitionException("The URL has a fragment, which is never sent; remove '#' and what follows.");

        var mark = text.IndexOf('?', end);
        var query = mark >= 0 ? text[(mark + 1)..] : "";
        var path = mark >= 0 ? text[end..mark] : text[end..];
        if (query.AsSpan().ContainsAny("{}"))
            throw new ToolDefinitionException("The URL's query is fixed here; arguments in it are parameters.");
        return new UrlTemplate(origin, [.. Segments(path)], query);
    }

    /// <summary>The path and query for these values, which are encoded.</summary>
    /// <exception cref="ToolException">A segment with arguments becomes empty, or leads elsewhere.</exception>
    public string Expand(IReadOnlyDictionary<string, string> values, IEnumerable<string> query)
    {
        var url = new StringBuilder(_origin);
        foreach (var segment in _segments)
        {
            var text = string.Concat(segment.Select(part => part.IsName ? values[part.Text] : part.Text));
            if (segment.Any(part => part.IsName) && (text.Length == 0 || PathText.IsDots(text)))
                throw new ToolException($"The arguments make '{text}' of a part of the path, which would lead elsewhere.");
            url.Append('/').Append(text);
        }

        var separator = '?';
        foreach (var part in query.Prepend(_query).Where(part => part.Length > 0))
        {
            url.Append(separator).Append(part);
            separator = '&';
        }

        return url.ToString();
    }

    private static IEnumerable<IReadOnlyList<Part>> Segments(string path)
    {
        if (path.Contains('\\', StringComparison.Ordinal))
            throw new ToolDefinitionException("The URL's path has a backslash in it; write '/'.");

        foreach (var segment in path.Split('/').Skip(1))
        {
            if (PathText.IsDots(Uri.UnescapeDataString(segment)))
                throw new ToolDefinitionException("The URL's path has '.' or '..' in it; write the path that is meant.");
            yield return [.. Parts(segment)];
        }
    }

    private static IEnumerable<Part> Parts(string segment)
    {
        for (var i = 0; i < segment.Length;)
        {
            var open = segment.IndexOf('{', i);
            var literal = segment[i..(open < 0 ? segment.Length : open)];
            if (literal.Contains('}', StringComparison.Ordinal))
                throw new ToolDefinitionException("The URL's path has a '}' without its '{'.");
            if (literal.Length > 0)
                yield return new Part(PathText.EncodeLiteral(literal), IsName: false);
            if (open < 0)
                yield break;

            var close = segment.IndexOf('}', open);
            if (close < 0 || close == open + 1 || segment.IndexOf('{', open + 1, close - open - 1) >= 0)
                throw new ToolDefinitionException("A place for an argument in the URL's path is written {name}.");
            yield return new Part(segment[(open + 1)..close], IsName: true);
            i = close + 1;
        }
    }

    private readonly record struct Part(string Text, bool IsName);
}
