using System.Text;
using System.Text.Json;

namespace ToolService.Core.Tools.OpenApi.Reading;

/// <summary>Reads a document's text, of JSON or YAML, as JSON whose strings all decode and whose names are unique.</summary>
internal static class DocumentText
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = OpenApiLimits.MaxDepth + 1 };

    /// <exception cref="OpenApiException">It is neither JSON nor YAML, or beyond the bounds.</exception>
    public static JsonElement Read(string text, int maxBytes, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > maxBytes)
            throw new OpenApiException(
                $"The document has {bytes} bytes, more than the {maxBytes} that are read; remove what is not needed, such as examples.");
        if (text.StartsWith('\uFEFF'))
            text = text[1..];
        if (string.IsNullOrWhiteSpace(text))
            throw new OpenApiException("The document is empty.");
        return IsJson(text) ? ReadJson(text) : ReadYaml(text, cancellationToken);
    }

    private static JsonElement ReadJson(string text)
    {
        var json = Encoding.UTF8.GetBytes(text);
        JsonCheck.Check(json);
        return JsonElement.Parse(json, AnyDepth);
    }

    private static JsonElement ReadYaml(string text, CancellationToken cancellationToken)
    {
        using var reading = new YamlReading(text, cancellationToken);
        return JsonElement.Parse(reading.ToJson().Span, AnyDepth);
    }

    // YAML has braces too, but whoever writes them rarely quotes the names.
    private static bool IsJson(string text)
    {
        var rest = text.AsSpan().TrimStart();
        if (rest[0] != '{')
            return false;
        rest = rest[1..].TrimStart();
        return rest.IsEmpty || rest[0] is '"' or '}';
    }
}
