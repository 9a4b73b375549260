namespace ToolService.Core.Execution.Repair;

/// <summary>What was changed in a call's arguments before they were checked, without loss and without a choice.</summary>
/// <param name="Kind">What kind of change.</param>
/// <param name="Pointer">JSON pointer to the place in the arguments; empty for the whole.</param>
/// <param name="Message">One sentence; values in it are shortened.</param>
public sealed record ToolRepair(ToolRepairKind Kind, string Pointer, string Message);
