namespace ToolService.Core.Execution;

/// <summary>What came of running a tool, all attempts together.</summary>
internal readonly record struct RunOutcome(
    CallStatus Status, string? Result, ToolError? Error, int Attempts, TimeSpan QueueTime, TimeSpan ExecutionTime);
