namespace ToolService.Durability.Scenarios;

/// <summary>The service answered what no client should be answered.</summary>
internal sealed class UnexpectedAnswerException(string message) : Exception(message);
