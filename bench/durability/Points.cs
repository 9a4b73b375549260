namespace ToolService.Durability;

/// <summary>The points at which the service is killed.</summary>
internal static class Points
{
    public const string ToolCall = "tool_call";
    public const string ModelRequest = "model_request";

    private static readonly string[] Writes =
        ["begin_turn", "save_turn", "append_events", "add_call", "update_call", "decide", "delete_session", "delete_history"];

    /// <summary>All of them. The service itself does not know what is <c>during</c>: there the harness kills it, from the server that was asked.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Writes.SelectMany(write => new[] { Before(write), After(write) }),
        Before(ToolCall), During(ToolCall), After(ToolCall),
        Before(ModelRequest), During(ModelRequest), After(ModelRequest),
    ];

    public static string Before(string what) => what + ".before";

    public static string During(string what) => what + ".during";

    public static string After(string what) => what + ".after";
}
