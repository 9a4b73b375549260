using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Wire;

/// <summary>Reads an answer from its body, streamed or whole. The SDK's typed reading loses calls without an index and throws on others.</summary>
internal sealed class AnswerReader(IWireAnswer answer, ProviderErrors errors, TimeProvider time)
{
    private bool _done;

    /// <summary>Reads server-sent events until the provider says that it is done.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> ReadEventsAsync(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in SseParser.Create(body, ReadEvent).EnumerateAsync(cancellationToken))
        {
            if (item.Data is { } update)
                yield return update;
            if (_done)
                break;
        }

        if (!answer.MayEnd(_done))
            throw errors.Cut();
        yield return answer.Complete();
        if (_done)
            await BodyRest.DrainAsync(body, time, cancellationToken);
    }

    /// <summary>Reads one JSON document.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> ReadWholeAsync(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        ThrowOnError(document.RootElement, isError: false);
        if (answer.AddWhole(document.RootElement) is { } update)
            yield return update;
        yield return answer.Complete();
    }

    private ChatResponseUpdate? ReadEvent(string type, ReadOnlySpan<byte> data)
    {
        data = data.Trim(" \t\r\n"u8);
        if (data.SequenceEqual("[DONE]"u8))
            _done = true;
        if (_done || data.IsEmpty)
            return null;

        var reader = new Utf8JsonReader(data);
        using var document = JsonDocument.ParseValue(ref reader);
        ThrowOnError(document.RootElement, isError: type is "error");
        var update = answer.Add(document.RootElement);
        _done = answer.IsOver;
        return update;
    }

    private void ThrowOnError(JsonElement root, bool isError)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            throw errors.Malformed();
        if (root.Member("error") is { ValueKind: JsonValueKind.Object or JsonValueKind.String } error)
            throw errors.FromError(error);
        if (isError)
            throw errors.FromError(root);
    }
}
