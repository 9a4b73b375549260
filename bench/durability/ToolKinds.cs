namespace ToolService.Durability;

/// <summary>The tools that the harness counts, named by what the service may do with them.</summary>
internal static class ToolKinds
{
    /// <summary>Has an effect each time it runs.</summary>
    public const string Unsafe = "unsafe";

    /// <summary>The same, and does not answer while the harness holds it.</summary>
    public const string Held = "held";

    /// <summary>Needs a person's approval, and has an effect each time it runs.</summary>
    public const string Confirmed = "confirmed";

    public const string Idempotent = "idempotent";

    public const string ReadOnly = "read_only";

    /// <summary>Whether a second run would be a second effect.</summary>
    public static bool RunsOnce(string kind) => kind is Unsafe or Held or Confirmed;
}
