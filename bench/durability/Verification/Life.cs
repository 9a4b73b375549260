namespace ToolService.Durability.Verification;

/// <summary>One process of the service during an experiment.</summary>
/// <param name="Number">Counts the processes of a lane.</param>
/// <param name="Trace">What it passed meanwhile.</param>
/// <param name="Killed">Whether it was killed.</param>
internal sealed record Life(int Number, Trace Trace, bool Killed);
