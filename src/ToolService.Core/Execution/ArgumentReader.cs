using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Execution;

/// <summary>Turns the text that a caller sent into arguments that every tool can rely on: one JSON object, bounded, without control characters.</summary>
internal sealed class ArgumentReader
{
    private const int MaxRecordedGarbage = 2000;
    private const int MaxShownPointer = 200;

    // A text with none of these has no escaped and no raw control characters.
    private static readonly SearchValues<char> Suspects =
        SearchValues.Create(['\\', .. Enumerable.Range(0x7F, 0x21).Select(code => (char)code)]);

    private readonly ArgumentOptions _options;
    private readonly JsonDocumentOptions _json;
    private readonly Regex[] _denied;

    public ArgumentReader(ArgumentOptions options)
    {
        _options = options;
        _json = new JsonDocumentOptions { MaxDepth = options.MaxDepth, AllowDuplicateProperties = false };
        _denied = [.. options.DenyPatterns.Select(Compile)];
    }

    /// <summary>A deny pattern, on the engine that takes linear time whatever the text.</summary>
    public static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Parses the text. An empty one becomes an empty object, as models send for tools without parameters.</summary>
    public ToolError? TryParse(ref string text, out JsonElement arguments)
    {
        arguments = default;
        if (text.Length > _options.MaxCharacters)
            return Invalid("", $"The arguments have {text.Length:N0} characters; at most {_options.MaxCharacters:N0} are accepted.");

        if (string.IsNullOrWhiteSpace(text))
            text = "{}";
        try
        {
            arguments = JsonElement.Parse(text, _json);
        }
        catch (JsonException e)
        {
            return Invalid("", $"The arguments are not valid JSON: {FirstSentence(e.Message)}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return Invalid("", "The arguments are not valid Unicode text (an unpaired surrogate).");
        }

        return arguments.ValueKind is JsonValueKind.Object
            ? null
            : Invalid("", $"The arguments must be a JSON object, got {Describe(arguments.ValueKind)}.");
    }

    /// <summary>Checks every string in the arguments against the rules; where the rule is to strip, replaces text and arguments.</summary>
    public ToolError? Sanitize(ref string text, ref JsonElement arguments)
    {
        if (_denied.Length == 0 && text.Length <= _options.MaxStringCharacters && !text.AsSpan().ContainsAny(Suspects))
            return null;

        var strip = false;
        var error = Inspect(arguments, new StringBuilder(), ref strip);
        if (error is null && strip)
        {
            arguments = JsonSerializer.SerializeToElement(Strip(arguments));
            text = arguments.GetRawText();
        }

        return error;
    }

    /// <summary>The arguments as the history keeps them of a call that did not run: JSON text, whatever the caller sent.</summary>
    public string ForRecord(string text)
    {
        var normal = text;
        if (TryParse(ref normal, out _) is null)
            return normal;
        return JsonSerializer.Serialize(text.Length <= MaxRecordedGarbage ? text : $"{text[..MaxRecordedGarbage]}…");
    }

    /// <summary>Whether two recorded arguments are the same JSON value.</summary>
    public static bool AreEqual(string first, string second)
    {
        try
        {
            return first == second || JsonElement.DeepEquals(JsonElement.Parse(first), JsonElement.Parse(second));
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate: such arguments never ran, and equal only themselves.
            return false;
        }
    }

    private ToolError? Inspect(JsonElement value, StringBuilder pointer, ref bool strip)
    {
        var length = pointer.Length;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return InspectString(value, pointer, ref strip);
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    pointer.Append('/').Append(index++);
                    if (Inspect(item, pointer, ref strip) is { } error)
                        return error;
                    pointer.Length = length;
                }

                return null;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    if (!TryGetText(() => property.Name, out var name))
                        return Invalid(pointer.ToString(), "A member's name is not valid Unicode text.");
                    if (HasControl(name))
                        return Invalid(pointer.ToString(), "A member's name has control characters; remove them.");
                    pointer.Append('/').Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
                    if (Inspect(property.Value, pointer, ref strip) is { } error)
                        return error;
                    pointer.Length = length;
                }

                return null;
            default:
                return null;
        }
    }

    private ToolError? InspectString(JsonElement value, StringBuilder pointer, ref bool strip)
    {
        if (!TryGetText(() => value.GetString()!, out var text))
            return Invalid(pointer.ToString(), "The string is not valid Unicode text (an unpaired surrogate).");
        if (text.Length > _options.MaxStringCharacters)
            return Invalid(pointer.ToString(), $"The string has {text.Length:N0} characters; at most {_options.MaxStringCharacters:N0} are accepted.");
        if (Array.Exists(_denied, pattern => pattern.IsMatch(text)))
            return Invalid(pointer.ToString(), "The string matches a pattern that the operator denies in arguments.");
        if (!HasControl(text))
            return null;
        if (_options.ControlCharacters is ControlCharacterRule.Refuse)
            return Invalid(pointer.ToString(), "The string has control characters; remove them (tab, line feed and carriage return are fine).");

        strip = true;
        return null;
    }

    private static JsonNode? Strip(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonValue.Create(string.Concat(value.GetString()!.Where(c => !IsControl(c)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Strip)]),
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Strip(member.Value)))),
        _ => JsonValue.Create(value),
    };

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (IsControl(c))
                return true;
        }

        return false;
    }

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\t' or '\n' or '\r');

    private static bool TryGetText(Func<string> read, out string text)
    {
        try
        {
            text = read();
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    private static ToolError Invalid(string pointer, string message) =>
        new(ToolErrorCode.InvalidArguments, pointer.Length == 0 ? message : $"{message} (at {JsonDisplay.OneLine(pointer, MaxShownPointer)})",
            Errors: [new SchemaError(JsonDisplay.Cut(pointer, SchemaLimits.MaxPointerCharacters), "arguments", message, "")]);

    private static string FirstSentence(string message) => message.Split(" Path:")[0];

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
