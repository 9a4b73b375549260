using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.Anthropic;

/// <summary>Reads an answer from its body, streamed or whole.</summary>
internal sealed class MessagesStream(ProviderErrors errors, string origin, TimeProvider time)
{
    // Of the arguments' own depth the call tells; the rest of the answer stays of use.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    private readonly MessagesAnswer _answer = new(errors, origin);

    /// <summary>Reads server-sent events until the message stops.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> ReadEventsAsync(
        Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in SseParser.Create(body, ReadEvent).EnumerateAsync(cancellationToken))
        {
            if (item.Data is { } update)
                yield return update;
            if (_answer.IsStopped)
                break;
        }

        if (!_answer.IsStarted)
            throw errors.Malformed();
        if (!_answer.IsFinished)
            throw errors.Cut();
        yield return _answer.Complete();
        if (_answer.IsStopped)
            await BodyRest.DrainAsync(body, time, cancellationToken);
    }

    /// <summary>Reads one JSON document.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> ReadWholeAsync(
        Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var document = await JsonDocument.ParseAsync(body, Deep, cancellationToken);
        var root = document.RootElement;
        ThrowOnError(root, isError: false);
        if (root.Member("content").ValueKind is not JsonValueKind.Array)
            throw errors.Malformed();
        foreach (var update in _answer.AddWhole(root))
            yield return update;
        yield return _answer.Complete();
    }

    private ChatResponseUpdate? ReadEvent(string type, ReadOnlySpan<byte> data)
    {
        data = data.Trim(" \t\r\n"u8);
        if (data.IsEmpty)
            return null;

        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = Deep.MaxDepth });
        using var document = JsonDocument.ParseValue(ref reader);
        ThrowOnError(document.RootElement, isError: type is "error");
        return _answer.Add(document.RootElement);
    }

    private void ThrowOnError(JsonElement root, bool isError)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            throw errors.Malformed();
        if (root.Member("error") is { ValueKind: JsonValueKind.Object or JsonValueKind.String } error)
            throw errors.FromError(error);
        if (isError || root.Text("type") is "error")
            throw errors.FromError(root);
    }
}
