namespace ToolService.Core.Execution.Repair;

/// <summary>Another value for a place in the arguments.</summary>
/// <param name="Pointer">The place.</param>
/// <param name="Json">The value.</param>
/// <param name="Repairs">What was done to what stands there.</param>
internal sealed record RepairChange(string Pointer, string Json, IReadOnlyList<ToolRepair> Repairs);
