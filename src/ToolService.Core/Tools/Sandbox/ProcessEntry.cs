namespace ToolService.Core.Tools.Sandbox;

/// <summary>A process of this machine.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">The number of the one that it belongs to.</param>
/// <param name="CpuSeconds">The processor time that it used, and its children that have ended.</param>
internal sealed record ProcessEntry(int Id, int Parent, double CpuSeconds);
