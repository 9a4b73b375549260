using System.Text.Json;

namespace ToolService.Api.Chat;

/// <summary>Reads the content of messages: a string, or parts of text.</summary>
internal static class TranscriptText
{
    private const string Type = "type";
    private const string Text = "text";
    private const string NotUnicode = "The text is not valid Unicode (an unpaired surrogate).";

    /// <summary>The text; false, with an error noted, where there is something else. Parts are joined by line breaks.</summary>
    public static bool TryRead(JsonElement? content, string pointer, TranscriptErrors errors, out string? text)
    {
        text = null;
        switch (content?.ValueKind ?? JsonValueKind.Null)
        {
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.String:
                return TryReadString(content!.Value, pointer, errors, out text);
            case JsonValueKind.Array:
                return TryReadParts(content!.Value, pointer, errors, out text);
            default:
                errors.Add(pointer, "type", "The content must be a string, a list of text parts, or null.");
                return false;
        }
    }

    private static bool TryReadParts(JsonElement parts, string pointer, TranscriptErrors errors, out string? text)
    {
        var texts = new List<string?>(parts.GetArrayLength());
        var isRead = true;
        foreach (var (index, part) in parts.EnumerateArray().Index())
        {
            isRead &= TryReadPart(part, $"{pointer}/{index}", errors, out var read);
            texts.Add(read);
        }

        text = string.Join('\n', texts);
        return isRead;
    }

    private static bool TryReadPart(JsonElement part, string pointer, TranscriptErrors errors, out string? text)
    {
        text = null;
        if (part.ValueKind is not JsonValueKind.Object)
        {
            errors.Add(pointer, Type, "A part must be an object.");
            return false;
        }

        if (!part.TryGetProperty(Type, out var type) || type.ValueKind is not JsonValueKind.String || !IsText(type))
        {
            errors.Add($"{pointer}/{Type}", "const", "A part must be of the type 'text': images and other attachments are not accepted.");
            return false;
        }

        if (part.GetPropertyCount() > 2)
        {
            errors.Add(pointer, "additionalProperties", "A part has a type and a text, and nothing else.");
            return false;
        }

        if (part.TryGetProperty(Text, out var value) && value.ValueKind is JsonValueKind.String)
            return TryReadString(value, $"{pointer}/{Text}", errors, out text);

        errors.Add($"{pointer}/{Text}", "type", "The text of a part must be a string.");
        return false;
    }

    private static bool IsText(JsonElement type)
    {
        try
        {
            return type.ValueEquals(Text);
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate, which cannot be compared.
            return false;
        }
    }

    private static bool TryReadString(JsonElement value, string pointer, TranscriptErrors errors, out string? text)
    {
        try
        {
            text = value.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            errors.Add(pointer, null, NotUnicode);
            text = null;
            return false;
        }
    }
}
