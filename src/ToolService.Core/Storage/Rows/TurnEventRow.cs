using ToolService.Core.Conversations;

namespace ToolService.Core.Storage.Rows;

/// <summary>A row of <c>turn_events</c>.</summary>
internal sealed class TurnEventRow
{
    public required string TurnId { get; init; }

    public required int Sequence { get; init; }

    public required string Type { get; init; }

    public string? Subject { get; init; }

    public required string Data { get; init; }

    public TurnEventRecord ToRecord() => new(Sequence, Type, Data, Subject);
}
