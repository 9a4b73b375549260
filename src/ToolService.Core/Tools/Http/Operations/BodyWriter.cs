using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>Writes arguments as a body of the content type that a definition names.</summary>
internal static class BodyWriter
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body; null where its one argument is left out.</summary>
    public static RequestBody? Write(HttpBody body, IReadOnlyDictionary<string, JsonElement> given)
    {
        var type = MediaTypeOf(body);
        if (IsJson(type))
            return Json(body, given);
        if (type is Form or Multipart)
        {
            var fields = Fields(body, given).Where(field => ArgumentText.IsGiven(field.Value)).ToList();
            return type == Form ? new RequestBody(FormText(body, fields), body.ContentType) : MultipartWriter.Write(body, fields);
        }

        return body.Argument is { } argument && given.TryGetValue(argument, out var value) && ArgumentText.IsGiven(value)
            ? Text(body, argument, value)
            : null;
    }

    /// <summary>Whether a body of this type can only be one argument as a whole.</summary>
    public static bool IsWhole(HttpBody body) => MediaTypeOf(body) is var type && !IsJson(type) && type is not (Form or Multipart);

    /// <summary>The bytes that an argument has in base64.</summary>
    public static byte[] FromBase64(string argument, JsonElement value)
    {
        var text = ArgumentText.Of(argument, value);
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new ToolException($"Argument '{argument}' must be base64 of a file's bytes.", e);
        }
    }

    private static string MediaTypeOf(HttpBody body) => body.ContentType.Split(';')[0].Trim().ToLowerInvariant();

    private static bool IsJson(string type) => type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal);

    private static RequestBody? Json(HttpBody body, IReadOnlyDictionary<string, JsonElement> given)
    {
        if (body.Argument is { } argument)
            return given.TryGetValue(argument, out var whole) ? new(Encoding.UTF8.GetBytes(whole.GetRawText()), body.ContentType) : null;

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            foreach (var (_, name, value) in Fields(body, given))
            {
                writer.WritePropertyName(name);
                // As it was written: a number may have more digits than any type of ours.
                writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return new RequestBody(buffer.WrittenMemory, body.ContentType);
    }

    private static IEnumerable<(string Argument, string Name, JsonElement Value)> Fields(
        HttpBody body, IReadOnlyDictionary<string, JsonElement> given)
    {
        if (body.Argument is { } argument)
        {
            if (!given.TryGetValue(argument, out var whole) || !ArgumentText.IsGiven(whole))
                return [];
            if (whole.ValueKind != JsonValueKind.Object)
                throw new ToolException($"Argument '{argument}' must be an object: its members are the fields of a form.");
            return ArgumentText.Members(argument, whole).Select(member => (argument, member.Name, member.Value));
        }

        return body.Fields
            .Where(field => given.ContainsKey(field.Argument))
            .Select(field => (field.Argument, field.Name, given[field.Argument]));
    }

    private static byte[] FormText(HttpBody body, List<(string Argument, string Name, JsonElement Value)> fields) =>
        Encoding.ASCII.GetBytes(string.Join(
            '&',
            fields
                .SelectMany(field => FieldValue(body, field).Pairs(field.Value, Escape))
                .Select(pair => $"{Escape(pair.Name)}={pair.Value}")));

    // Where nothing is said of a field, its lists are repeated fields and its objects JSON.
    private static StyledValue FieldValue(HttpBody body, (string Argument, string Name, JsonElement Value) field) =>
        body.Encodings.TryGetValue(field.Name, out var encoding)
            ? new(field.Argument, field.Name, encoding.Style, encoding.Explode, AsJson: encoding.IsJson)
            : new(field.Argument, field.Name, ParameterStyle.Form, Explode: true, AsJson: field.Value.ValueKind == JsonValueKind.Object);

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static RequestBody Text(HttpBody body, string argument, JsonElement value)
    {
        if (body.IsBase64)
            return new RequestBody(FromBase64(argument, value), body.ContentType);

        var type = body.ContentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            && !body.ContentType.Contains("charset", StringComparison.OrdinalIgnoreCase)
                ? $"{body.ContentType}; charset=utf-8"
                : body.ContentType;
        return new RequestBody(Encoding.UTF8.GetBytes(ArgumentText.Of(argument, value)), type);
    }
}
