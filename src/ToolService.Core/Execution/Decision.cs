namespace ToolService.Core.Execution;

/// <summary>What a person decides on a confirmation.</summary>
/// <param name="Approve">Whether the call may run.</param>
/// <param name="DecidedBy">Who decides.</param>
/// <param name="Reason">Why, for the record and, on a denial, for the model.</param>
/// <param name="Arguments">Other arguments to run the call with, as JSON text; null for those that were asked about.</param>
public sealed record Decision(bool Approve, string DecidedBy, string? Reason = null, string? Arguments = null);
