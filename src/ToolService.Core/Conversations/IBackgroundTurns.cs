namespace ToolService.Core.Conversations;

/// <summary>Runs queued turns, a bounded number at the same time and the oldest first.</summary>
internal interface IBackgroundTurns
{
    /// <summary>Sees to it that a turn, which is stored as queued, is run. Does not throw: what is not scheduled now is found later.</summary>
    Task EnqueueAsync(Turn turn);
}
