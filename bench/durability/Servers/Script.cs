namespace ToolService.Durability.Servers;

/// <summary>What the model asks for in each round of a turn, before it answers in words.</summary>
internal static class Script
{
    public const string Mixed = "mixed";
    public const string Confirm = "confirm";
    public const string Hold = "hold";
    public const string Slow = "slow";
    public const string Single = "single";
    public const string Plain = "plain";

    private static readonly Dictionary<string, string[][]> Rounds = new()
    {
        [Mixed] =
        [
            [ToolKinds.Unsafe, ToolKinds.Idempotent, ToolKinds.ReadOnly, ToolKinds.Unsafe],
            [ToolKinds.Unsafe, ToolKinds.Idempotent],
        ],
        [Confirm] = [[ToolKinds.Unsafe, ToolKinds.Confirmed, ToolKinds.Confirmed]],
        [Hold] = [[ToolKinds.Held]],
        [Slow] = [[ToolKinds.Unsafe]],
        [Single] = [[ToolKinds.Unsafe]],
        [Plain] = [],
    };

    /// <summary>The calls that a round asks for; none where it answers.</summary>
    public static IReadOnlyList<string> CallsOf(string script, int round) => Rounds[script] is var rounds && round < rounds.Length ? rounds[round] : [];
}
