using System.Diagnostics;

namespace ToolService.Core;

/// <summary>
/// The moments between which a crash makes a difference: each write, tool run and model request says when it begins and when it is over, for
/// tests of durability and for diagnostics. Without a subscriber a point costs the look at a field. docs/durability.md lists them.
/// </summary>
internal static class JournalPoints
{
    /// <summary>The name of the <see cref="DiagnosticListener"/>. Its events are <c>{name}.before</c> and <c>{name}.after</c>, their payload the subject.</summary>
    public const string ListenerName = "ToolService.Journal";

    private static readonly DiagnosticListener Listener = new(ListenerName);

    /// <summary>It is about to begin.</summary>
    /// <param name="name">What begins; null for what nobody would look at.</param>
    /// <param name="subject">The id of what it is about.</param>
    public static void Before(string? name, string subject)
    {
        if (name is not null && Listener.IsEnabled())
            Listener.Write(name + ".before", subject);
    }

    /// <summary>It is over: a write is durable, and its caller not yet told; a tool or a model has answered, or failed.</summary>
    /// <inheritdoc cref="Before"/>
    public static void After(string? name, string subject)
    {
        if (name is not null && Listener.IsEnabled())
            Listener.Write(name + ".after", subject);
    }
}
