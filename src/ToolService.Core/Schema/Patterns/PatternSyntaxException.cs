namespace ToolService.Core.Schema.Patterns;

/// <summary>A regular expression that is not ECMA-262, or uses a part of it that is not supported.</summary>
internal sealed class PatternSyntaxException(string message) : Exception(message);
