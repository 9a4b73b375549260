using System.Text.Json;
using ToolService.Core.Tools.Mcp.Sessions;

namespace ToolService.Core.Tools.Mcp.Transport;

/// <summary>
/// Finds, in the events that answer a call's request, the questions that a server asks: over Streamable HTTP it is their stream, and nothing in
/// them, that tells which call they belong to.
/// </summary>
internal sealed class EventWatch(McpCall call)
{
    private const int LongestQuestion = 64 * 1024;
    private static readonly byte[] Method = "elicitation/create"u8.ToArray();

    private readonly List<byte> _line = [];
    private readonly List<byte> _data = [];
    private bool _isTooLong;

    public void See(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value == '\n')
                EndLine();
            else if (value == '\r')
                continue;
            else if (_line.Count + _data.Count < LongestQuestion)
                _line.Add(value);
            else
                _isTooLong = true;
        }
    }

    private void EndLine()
    {
        var line = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_line);
        if (line.IsEmpty)
            EndEvent();
        else if (line.StartsWith("data:"u8))
            _data.AddRange(line["data:".Length..]);
        _line.Clear();
    }

    private void EndEvent()
    {
        var data = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_data);
        if (!_isTooLong && data.IndexOf(Method) >= 0 && IdOf(_data.ToArray()) is { } id)
            call.NoteQuestion(id);
        _data.Clear();
        _isTooLong = false;
    }

    private static string? IdOf(byte[] json)
    {
        try
        {
            using var message = JsonDocument.Parse(json);
            return message.RootElement.ValueKind is JsonValueKind.Object && message.RootElement.TryGetProperty("id", out var id) ? id.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
