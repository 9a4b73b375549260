using System.Text;

namespace ToolService.Api.Hosting.Json;

/// <summary>Reads the paths that the serializer reports, such as <c>$.calls[0]['odd name']</c>.</summary>
internal static class JsonPath
{
    /// <summary>The path's steps: names of members and indices of elements.</summary>
    public static IReadOnlyList<string> Parse(string path)
    {
        List<string> steps = [];
        var at = 1;
        while (at < path.Length)
        {
            var (open, close) = path[at..].StartsWith("['", StringComparison.Ordinal) ? ("['", "']") : path[at] == '[' ? ("[", "]") : (".", "");
            var start = at + open.Length;
            var end = close.Length > 0 ? path.IndexOf(close, start, StringComparison.Ordinal) : path.AsSpan(start).IndexOfAny('.', '[') + start;
            if (end < start)
                end = path.Length;

            steps.Add(path[start..end]);
            at = end + close.Length;
        }

        return steps;
    }

    /// <summary>The same place as a JSON pointer (RFC 6901).</summary>
    public static string ToPointer(IReadOnlyList<string> steps)
    {
        StringBuilder pointer = new();
        foreach (var step in steps)
            pointer.Append('/').Append(step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

        return pointer.ToString();
    }
}
