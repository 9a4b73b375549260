using System.Text.Json;

namespace ToolService.Core.Execution.Repair;

/// <summary>What came of the search for a valid reading.</summary>
/// <param name="Value">The one valid reading; null where there is none, or not only one.</param>
/// <param name="Repairs">What leads to it; none where the value was valid already.</param>
/// <param name="IsOpen">Whether there are several readings, or too many to look at.</param>
internal readonly record struct RepairFinding(JsonElement? Value, IReadOnlyList<ToolRepair> Repairs, bool IsOpen)
{
    public static readonly RepairFinding None = new(null, [], IsOpen: false);

    public static readonly RepairFinding Open = new(null, [], IsOpen: true);
}
