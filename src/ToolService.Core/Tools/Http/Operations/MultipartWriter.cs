using System.Text;
using System.Text.Json;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>Writes the fields of a multipart form (RFC 7578).</summary>
internal static class MultipartWriter
{
    public static RequestBody Write(HttpBody body, IEnumerable<(string Argument, string Name, JsonElement Value)> fields)
    {
        // Nobody who writes an argument can know it.
        var boundary = $"form-{Guid.NewGuid():N}";
        using var buffer = new MemoryStream();
        foreach (var (argument, name, value) in fields)
        {
            var encoding = body.Encodings.GetValueOrDefault(name) ?? new HttpFieldEncoding();
            IEnumerable<JsonElement> parts = value.ValueKind == JsonValueKind.Array && !encoding.IsJson
                ? value.EnumerateArray().Where(ArgumentText.IsGiven)
                : [value];
            foreach (var part in parts)
                WritePart(buffer, boundary, argument, name, part, encoding);
        }

        Write(buffer, $"--{boundary}--\r\n");
        return new RequestBody(buffer.ToArray(), $"multipart/form-data; boundary={boundary}");
    }

    private static void WritePart(
        MemoryStream buffer, string boundary, string argument, string name, JsonElement value, HttpFieldEncoding encoding)
    {
        var isJson = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array || encoding.IsJson;
        var type = encoding.ContentType ?? (encoding.IsFile ? "application/octet-stream" : isJson ? "application/json" : null);
        Write(buffer, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{Quote(name)}\"");
        if (encoding.IsFile)
            Write(buffer, $"; filename=\"{Quote(name)}\"");
        if (type is not null)
            Write(buffer, $"\r\nContent-Type: {type}");
        Write(buffer, "\r\n\r\n");
        if (encoding.IsFile)
            buffer.Write(BodyWriter.FromBase64(argument, value));
        else
            Write(buffer, isJson ? value.GetRawText() : ArgumentText.Of(argument, value));
        Write(buffer, "\r\n");
    }

    // As browsers do: what would end the name is written in percents.
    private static string Quote(string name) => name
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal)
        .Replace("\"", "%22", StringComparison.Ordinal);

    private static void Write(MemoryStream buffer, string text) => buffer.Write(Encoding.UTF8.GetBytes(text));
}
