namespace ToolService.Core.Conversations;

/// <summary>Puts events into words once, when they are written, so that they read the same however often they are asked for.</summary>
public interface ITurnEventFormat
{
    /// <summary>The event's data as JSON text.</summary>
    string Format(TurnEvent turnEvent);
}
