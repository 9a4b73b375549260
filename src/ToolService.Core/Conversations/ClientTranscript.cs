using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations;

/// <summary>
/// A conversation as a client has it that keeps its own: what it was shown and what it said, without the rounds that it did not see. Two
/// that differ only in what clients change without meaning to (space around a text, the order and layout of arguments) are the same one.
/// </summary>
public sealed class ClientTranscript
{
    private readonly int _tail;

    /// <summary>Takes the messages as they came.</summary>
    /// <param name="messages">
    /// All of them, in order; those of the role <c>system</c> count only for whether two conversations are the same. Every result names a call of
    /// the assistant's message before it.
    /// </param>
    public ClientTranscript(IReadOnlyList<TranscriptMessage> messages)
    {
        Messages = messages;
        _tail = messages.Index().LastOrDefault(message => message.Item.Role == ChatRole.Assistant, (Index: -1, Item: null!)).Index + 1;
    }

    /// <summary>The messages.</summary>
    public IReadOnlyList<TranscriptMessage> Messages { get; }

    /// <summary>Whether an assistant has spoken in it.</summary>
    internal bool HasAnswer => _tail > 0;

    /// <summary>What follows the assistant's last message, without system prompts.</summary>
    internal IReadOnlyList<TranscriptMessage> Tail => Spoken(Messages.Skip(_tail));

    /// <summary>All messages without system prompts.</summary>
    internal IReadOnlyList<TranscriptMessage> AllSpoken => Spoken(Messages);

    /// <summary>The hash of everything up to and with the assistant's last message: what the client had been shown.</summary>
    internal string HashShown() => Hash(Messages.Take(_tail));

    /// <summary>The hash of all of it.</summary>
    internal string HashAll() => Hash(Messages);

    /// <summary>The hash of all of it and one more message.</summary>
    internal string HashWith(TranscriptMessage message) => Hash(Messages.Append(message));

    private static IReadOnlyList<TranscriptMessage> Spoken(IEnumerable<TranscriptMessage> messages) =>
        [.. messages.Where(message => message.Role != ChatRole.System)];

    private static string Hash(IEnumerable<TranscriptMessage> messages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var message in messages)
        {
            Add(hash, message.Role.Value);
            Add(hash, (message.Text ?? "").Trim());
            Add(hash, message.CallId);
            foreach (var file in message.Files.OfType<DataContent>())
                Add(hash, file.Uri);
            foreach (var call in message.Calls)
            {
                Add(hash, call.Id);
                Add(hash, call.Name);
                Add(hash, Canonical(call.Arguments));
            }

            // What begins with a length cannot be taken for the end of a message.
            Add(hash, null);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string? text)
    {
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        hash.AppendData(BitConverter.GetBytes(text is null ? -1 : bytes.Length));
        hash.AppendData(bytes);
    }

    private static string Canonical(string arguments)
    {
        try
        {
            var text = new StringBuilder();
            Write(text, JsonElement.Parse(arguments));
            return text.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair: it equals only itself.
            return arguments;
        }
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    text.Append(JsonSerializer.Serialize(member.Name)).Append(':');
                    Write(text, member.Value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Write(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                text.Append(JsonSerializer.Serialize(value.GetString()));
                break;
            case JsonValueKind.Number when value.TryGetDecimal(out var number):
                // Without trailing zeros.
                text.Append(number.ToString("G29", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }
}
