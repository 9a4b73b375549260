namespace ToolService.Api.Admin;

/// <summary>An operator's stop of the service.</summary>
public sealed record StopRequest
{
    /// <summary>Why, in one line of up to 500 characters; everybody who is refused reads it.</summary>
    public string? Reason { get; init; }
}
