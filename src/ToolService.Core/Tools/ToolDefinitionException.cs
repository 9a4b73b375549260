namespace ToolService.Core.Tools;

/// <summary>A tool that cannot be registered: a bad name, a duplicate, or a schema that cannot be enforced. The message says which and why.</summary>
public sealed class ToolDefinitionException(string message, Exception? inner = null) : Exception(message, inner);
