namespace ToolService.Api.Mcp;

/// <summary>The service's own members of <c>_meta</c>.</summary>
internal static class MetaNames
{
    /// <summary>
    /// In a call: the client's own id for it, by which the same call sent again gets the first one's outcome. In a result: the call's id.
    /// </summary>
    public const string CallId = "toolservice/call_id";

    /// <summary>In a result: where the call stands.</summary>
    public const string Status = "toolservice/status";

    /// <summary>In a result: why the call has none.</summary>
    public const string Error = "toolservice/error";

    /// <summary>In a result: the confirmation that the call waits for.</summary>
    public const string ConfirmationId = "toolservice/confirmation_id";

    /// <summary>In a tool: that a person must approve each call.</summary>
    public const string RequiresConfirmation = "toolservice/requires_confirmation";
}
