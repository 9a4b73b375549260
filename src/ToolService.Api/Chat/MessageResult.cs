namespace ToolService.Api.Chat;

/// <summary>What the model was told of a call.</summary>
/// <param name="CallId">The call's id in the history.</param>
/// <param name="Content">The bounded result, or what went wrong.</param>
/// <param name="IsError">Whether the call did not succeed.</param>
public sealed record MessageResult(string CallId, string Content, bool IsError);
