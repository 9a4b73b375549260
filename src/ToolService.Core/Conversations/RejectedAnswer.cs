namespace ToolService.Core.Conversations;

/// <summary>An answer that does not satisfy the turn's response schema.</summary>
/// <param name="Text">What the model wrote.</param>
/// <param name="Errors">What is wrong with it, in words for the model.</param>
public sealed record RejectedAnswer(string Text, string Errors);
