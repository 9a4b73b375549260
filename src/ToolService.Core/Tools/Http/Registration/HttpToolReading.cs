namespace ToolService.Core.Tools.Http.Registration;

/// <summary>What became of a definition that was read.</summary>
/// <param name="Tool">The tool; null where something is wrong.</param>
/// <param name="Errors">Everything that is wrong.</param>
internal sealed record HttpToolReading(Tool? Tool, IReadOnlyList<DefinitionError> Errors);
