namespace ToolService.Core.Conversations;

/// <summary>What a feed has for a reader.</summary>
/// <param name="Events">The events after the reader's place; empty also where the feed does not hold them.</param>
/// <param name="IsHeld">Whether the feed holds everything after the reader's place; otherwise the store has to be read.</param>
/// <param name="IsAtWork">Whether somebody is at work on the turn.</param>
/// <param name="IsLost">Whether whoever was at work on it lost the store.</param>
/// <param name="News">Completes when any of this changes.</param>
internal readonly record struct FeedReading(
    IReadOnlyList<TurnEventRecord> Events, bool IsHeld, bool IsAtWork, bool IsLost, Task News);
