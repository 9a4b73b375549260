namespace ToolService.Durability;

/// <summary>A moment: the n-th time that a point is passed.</summary>
internal sealed record KillPoint(string Point, int Occurrence)
{
    public override string ToString() => $"{Point} #{Occurrence}";
}
