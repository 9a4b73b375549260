namespace ToolService.Api.Chat;

/// <summary>Why a turn did not come to its answer.</summary>
/// <param name="Code">For programs, such as <c>max_rounds</c>.</param>
/// <param name="Message">For people.</param>
public sealed record TurnReason(string Code, string Message);
