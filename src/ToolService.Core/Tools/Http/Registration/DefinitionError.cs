namespace ToolService.Core.Tools.Http.Registration;

/// <summary>One thing that is wrong with a definition.</summary>
/// <param name="Pointer">JSON pointer to it in the definition.</param>
/// <param name="Message">What is wrong, in a sentence for its author.</param>
public sealed record DefinitionError(string Pointer, string Message);
