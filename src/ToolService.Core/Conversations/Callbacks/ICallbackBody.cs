namespace ToolService.Core.Conversations.Callbacks;

/// <summary>Writes what a callback carries.</summary>
public interface ICallbackBody
{
    /// <summary>The turn as JSON, as whoever waits for its answer reads it.</summary>
    byte[] Of(TurnReport report);
}
