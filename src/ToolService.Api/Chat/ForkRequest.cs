namespace ToolService.Api.Chat;

/// <summary>Where to fork a session.</summary>
public sealed record ForkRequest
{
    /// <summary>The position of the last message to copy; left out, all are copied.</summary>
    public int? At { get; init; }
}
