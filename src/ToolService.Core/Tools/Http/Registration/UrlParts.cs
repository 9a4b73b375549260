using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>The URL of a definition, taken apart: its query may have arguments and constants in it.</summary>
internal sealed class UrlParts
{
    private UrlParts(string url, UrlTemplate? template)
    {
        Url = url;
        Template = template;
    }

    /// <summary>The URL without its query.</summary>
    public string Url { get; }

    /// <summary>The same, read; null where it cannot be.</summary>
    public UrlTemplate? Template { get; }

    /// <summary>The names on the wire of arguments that stand in the query, by argument.</summary>
    public Dictionary<string, string> QueryArguments { get; } = new(StringComparer.Ordinal);

    /// <summary>The other parts of the query, decoded.</summary>
    public List<HttpConstant> Constants { get; } = [];

    public static UrlParts Read(string written, DefinitionErrors errors)
    {
        var mark = written.IndexOf('?', StringComparison.Ordinal);
        var parts = Parse(mark < 0 ? written : written[..mark], errors);
        if (mark < 0)
            return parts;

        foreach (var pair in written[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
            parts.Add(pair, errors);
        return parts;
    }

    private static UrlParts Parse(string url, DefinitionErrors errors)
    {
        try
        {
            return new UrlParts(url, UrlTemplate.Parse(url));
        }
        catch (ToolDefinitionException e)
        {
            var isSecret = SecretReferences.IsIn(url);
            errors.Add("/url", isSecret ? "A secret cannot be part of a path; send it in a header or in the query." : e.Message);
            return new UrlParts(url, null);
        }
    }

    private void Add(string pair, DefinitionErrors errors)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
        name = Uri.UnescapeDataString(name.Replace('+', ' '));
        if (value.Length > 2 && value[0] == '{' && value.IndexOfAny(['{', '}'], 1) == value.Length - 1)
            errors.AddIf(!QueryArguments.TryAdd(value[1..^1], name), "/url", $"'{value}' stands in the query twice.");
        else if (SecretReferences.Replace(value, _ => "").AsSpan().ContainsAny("{}#") || name.AsSpan().ContainsAny("{}#"))
            errors.Add("/url", $"'{pair}' is no parameter of a query: write name={{argument}}, or name=value.");
        else
            Constants.Add(new HttpConstant(HttpPlace.Query, name, Uri.UnescapeDataString(value.Replace('+', ' '))));
    }
}
