namespace ToolService.Durability;

/// <summary>The points at which the service is killed.</summary>
internal static class Points
{
    public const string ToolCall = "tool_call";
    public const string ModelRequest = "model_request";

    private static readonly string[] Writes =
        ["begin_turn", "save_turn", "append_events", "add_call", "update_call", "decide", "add_session", "fork_session", "delete_session"];

    // Of these nobody was answered: what a crash cuts off is done at the next start, or the next time, or is not missed.
    private static readonly string[] Chores = ["delete_history", "delete_events", "save_callback", "note_transcript", "save_known_tools", "forget_known_tools", "add_elicitation", "answer_elicitation"];

    /// <summary>All of them. The service itself does not know what is <c>during</c>: there the harness kills it, from the server that was asked.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Writes.SelectMany(write => new[] { Before(write), After(write) }),
        Before(ToolCall), During(ToolCall), After(ToolCall),
        Before(ModelRequest), During(ModelRequest), After(ModelRequest),
    ];

    /// <summary>Those that the service passes by itself now and then, and at which it is not killed on purpose.</summary>
    public static IReadOnlyList<string> InPassing { get; } = [.. Chores.SelectMany(write => new[] { Before(write), After(write) })];

    public static string Before(string what) => what + ".before";

    public static string During(string what) => what + ".during";

    public static string After(string what) => what + ".after";
}
