using System.Text.Json;
using ToolService.Api.Chat;
using ToolService.Api.Hosting.Json;

namespace ToolService.Api.Completions;

/// <summary>Reads the content of messages: a string, or parts of text with whatever else clients put beside it.</summary>
internal static class CompletionContent
{
    private const string NotUnicode = "The text is not valid Unicode (an unpaired surrogate).";

    /// <summary>The text; null where there is none, or something else, which is noted. Parts are joined by line breaks.</summary>
    /// <param name="content">The content.</param>
    /// <param name="pointer">Its place.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <param name="images">Gets the addresses of pictures, and their places; null where there may be none.</param>
    public static string? Read(JsonElement? content, string pointer, TranscriptErrors errors, List<(string Url, string Pointer)>? images)
    {
        try
        {
            switch (content?.ValueKind)
            {
                case null:
                    return null;
                case JsonValueKind.String:
                    return content.Value.GetString();
                case JsonValueKind.Array:
                    var parts = content.Value.EnumerateArray().Index();
                    return string.Join('\n', parts.Select(part => Part(part.Item, $"{pointer}/{part.Index}", errors, images)).OfType<string>());
                default:
                    errors.Add(pointer, "type", "The content must be a string, a list of text parts, or null.");
                    return null;
            }
        }
        catch (InvalidOperationException)
        {
            errors.Add(pointer, null, NotUnicode);
            return null;
        }
    }

    private static string? Part(
        JsonElement part, string pointer, TranscriptErrors errors, List<(string Url, string Pointer)>? images)
    {
        if (part.ValueKind is not JsonValueKind.Object)
        {
            errors.Add(pointer, "type", "A part must be an object.");
            return null;
        }

        var type = part.Member("type").Text();
        if (type is "image_url" && images is not null)
            Image(part.Member("image_url"), $"{pointer}/image_url", errors, images);
        else if (type is not ("text" or "refusal"))
            errors.Add(
                $"{pointer}/type", "enum",
                images is null
                    ? "A part must be of the type 'text': pictures come with messages of the user."
                    : "A part must be of the type 'text' or 'image_url': audio and files are not accepted.");
        else if (part.Member(type) is { ValueKind: JsonValueKind.String } text)
            return text.GetString();
        else
            errors.Add($"{pointer}/{type}", "type", "The text of a part must be a string.");
        return null;
    }

    private static void Image(JsonElement? image, string pointer, TranscriptErrors errors, List<(string Url, string Pointer)> images)
    {
        if (image?.Member("url") is { ValueKind: JsonValueKind.String } url)
            images.Add((url.GetString()!, $"{pointer}/url"));
        else
            errors.Add($"{pointer}/url", "required", "A picture needs a url: a data URL, or an http or https address.");
    }
}
