namespace ToolService.Core.Conversations;

/// <summary>The store failed while a turn was at work: how the turn stands is not known until the service goes on with it.</summary>
public sealed class TurnLostException(string turnId) : Exception($"Turn {turnId} could not be written.");
