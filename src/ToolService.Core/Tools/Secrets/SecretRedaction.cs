using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools.Secrets;

/// <summary>Takes secrets out of texts and JSON. One pass over a text, however many secrets there are.</summary>
internal sealed class SecretRedaction
{
    /// <summary>Shorter values stand in ordinary text by chance.</summary>
    private const int LeastCharacters = 8;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Longest first: a value may begin with another one.
    private readonly (string Form, string Name)[] _forms;
    private readonly SearchValues<string> _search;

    public SecretRedaction(IEnumerable<(string Name, string Value)> secrets)
    {
        _forms =
        [
            .. secrets
                .Where(secret => secret.Value.Length >= LeastCharacters)
                .SelectMany(secret => SecretForms.Of(secret.Value).Select(form => (Form: form, secret.Name)))
                .OrderByDescending(form => form.Form.Length),
        ];
        _search = SearchValues.Create([.. _forms.Select(form => form.Form)], StringComparison.Ordinal);
    }

    public string Redact(string text)
    {
        if (_forms.Length == 0 || text.AsSpan().IndexOfAny(_search) is var at && at < 0)
            return text;

        var redacted = new StringBuilder(text.Length);
        var from = 0;
        for (; at >= 0; at = text.AsSpan(from).IndexOfAny(_search))
        {
            var start = from + at;
            var (form, name) = Array.Find(_forms, form => string.CompareOrdinal(text, start, form.Form, 0, form.Form.Length) == 0);
            redacted.Append(text, from, at).Append("[secret ").Append(name).Append(']');
            from = start + form.Length;
        }

        return redacted.Append(text, from, text.Length - from).ToString();
    }

    public JsonElement Redact(JsonElement value)
    {
        if (_forms.Length == 0 || !IsIn(value))
            return value;

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
            Write(writer, value);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    // The framework's own readers throw for half a surrogate pair, which any server may send.
    private static string NameOf(JsonProperty member) => JsonText.Decode(PropertyName.Raw(member));

    private bool IsIn(string text) => text.AsSpan().ContainsAny(_search);

    private bool IsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => IsIn(NameOf(member)) || IsIn(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(IsIn),
        JsonValueKind.String => IsIn(JsonText.Decode(value)),
        JsonValueKind.Number => IsIn(value.GetRawText()),
        _ => false,
    };

    private void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(Redact(NameOf(member)));
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Redact(JsonText.Decode(value)));
                break;
            case JsonValueKind.Number when IsIn(value.GetRawText()):
                writer.WriteStringValue(Redact(value.GetRawText()));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
