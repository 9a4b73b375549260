namespace ToolService.Core.Conversations;

/// <summary>How other systems are told of turns that ended or wait: <c>Chat:Callbacks</c>.</summary>
public sealed class CallbackOptions
{
    /// <summary>
    /// What callbacks are signed with: <c>whsec_</c> and base64, or any text; at least 24 bytes. Default none: no request may ask for a
    /// callback. Never logged.
    /// </summary>
    public string? Secret { get; set; }
}
