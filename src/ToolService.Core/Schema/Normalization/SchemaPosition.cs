namespace ToolService.Core.Schema.Normalization;

/// <summary>What a keyword holds.</summary>
/// <param name="IsMap">Schemas by name, rather than one schema or a list of them.</param>
/// <param name="Declares">Whether each says what a value is, rather than adding a condition to what is said elsewhere.</param>
internal readonly record struct SchemaPosition(bool IsMap, bool Declares);
