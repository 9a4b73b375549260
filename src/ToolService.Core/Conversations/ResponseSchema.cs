using System.Text.Encodings.Web;
using System.Text.Json;
using ToolService.Core.Execution.Repair;
using ToolService.Core.Schema;

namespace ToolService.Core.Conversations;

/// <summary>The JSON Schema that a turn's final answer must satisfy.</summary>
public sealed class ResponseSchema
{
    private const string Fence = "```";
    private const int MaxDepth = 64;
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonElement _definition;
    private readonly JsonSchema _schema;

    /// <summary>Compiles it.</summary>
    /// <exception cref="JsonSchemaException">It is no schema.</exception>
    public ResponseSchema(JsonElement definition)
    {
        if (Rewrite(definition) is null)
            throw new JsonSchemaException("", "A text in the schema is not valid Unicode (an unpaired surrogate).");

        _definition = definition;
        _schema = JsonSchema.Compile(definition);
    }

    /// <summary>What the model is told of it.</summary>
    internal string Instruction =>
        "Your final answer must be one JSON value that satisfies the following JSON Schema, with no other text and no code fence around it. "
        + $"You may call tools before you answer.\n{_definition.GetRawText()}";

    /// <summary>The same for providers that can hold a model to it.</summary>
    internal JsonElement Definition => _definition;

    /// <summary>The JSON value in an answer: alone, in a code fence, or with words around it.</summary>
    /// <param name="answer">What the model wrote.</param>
    /// <param name="errors">What is wrong with it, in words for the model, where there is no such value that satisfies the schema.</param>
    internal string? Read(string answer, out string errors)
    {
        errors = "it is not JSON.";
        var isFirst = true;
        foreach (var text in Candidates(answer))
        {
            if (DocumentText.TryRead(text, MaxDepth, "", []) is not { } value || Rewrite(value) is not { } answered)
                continue;
            if (_schema.Validate(value) is not { Count: > 0 } found)
                return answered;

            // Of the value that stands first: a part of it fits no better.
            errors = isFirst ? $"it does not satisfy the schema:\n{SchemaErrorText.Summarize(found)}" : errors;
            isFirst = false;
        }

        return null;
    }

    // Half a surrogate pair is JSON by its grammar, but no text: null for a value that nobody could write down again.
    private static string? Rewrite(JsonElement value)
    {
        try
        {
            return JsonSerializer.Serialize(value, Readable);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Candidates(string answer)
    {
        var text = answer.Trim();
        yield return text;
        if (Between(text, Fence, Fence) is { } fenced)
            yield return fenced[fenced.TakeWhile(char.IsAsciiLetterOrDigit).Count()..].Trim();
        if (Between(text, "{", "}") is { } members)
            yield return $"{{{members}}}";
        if (Between(text, "[", "]") is { } items)
            yield return $"[{items}]";
    }

    private static string? Between(string text, string open, string close)
    {
        var from = text.IndexOf(open, StringComparison.Ordinal);
        var to = text.LastIndexOf(close, StringComparison.Ordinal);
        return from >= 0 && to >= from + open.Length ? text[(from + open.Length)..to] : null;
    }
}
