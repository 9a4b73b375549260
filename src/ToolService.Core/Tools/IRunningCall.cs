namespace ToolService.Core.Tools;

/// <summary>What a tool that runs may know of its call and ask of the service. Safe to use from any thread while the tool runs.</summary>
public interface IRunningCall
{
    /// <summary>The call's id: the same whenever this call is tried again, so that a receiver can tell a repetition.</summary>
    string CallId { get; }

    /// <summary>Who called: the name of an API key, or <c>local</c>.</summary>
    string Owner { get; }

    /// <summary>The session that the call belongs to, if any.</summary>
    string? SessionId { get; }

    /// <summary>The turn that the call belongs to, if any.</summary>
    string? TurnId { get; }

    /// <summary>Tells whoever watches how far the tool is. Never fails; too many reports are thinned out.</summary>
    void Report(ToolProgress progress);

    /// <summary>Asks the caller, or a person, for something that the tool needs to go on. The tool's time limit does not run meanwhile.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled while it waited.</exception>
    Task<ElicitationAnswer> ElicitAsync(Elicitation request, CancellationToken cancellationToken);
}
