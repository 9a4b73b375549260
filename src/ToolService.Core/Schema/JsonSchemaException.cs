namespace ToolService.Core.Schema;

/// <summary>A schema that cannot be compiled: malformed, or with a keyword that cannot be enforced.</summary>
/// <param name="pointer">JSON pointer to the offending place in the schema; in another document <c>uri#/pointer</c>.</param>
/// <param name="message">What is wrong and what to change.</param>
public sealed class JsonSchemaException(string pointer, string message)
    : Exception(pointer.Length == 0 ? message : $"{message} (at {pointer})")
{
    /// <summary>JSON pointer to the offending place in the schema; in another document <c>uri#/pointer</c>.</summary>
    public string Pointer { get; } = pointer;
}
