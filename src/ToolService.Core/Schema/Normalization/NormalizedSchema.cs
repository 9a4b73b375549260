using System.Text.Json;

namespace ToolService.Core.Schema.Normalization;

/// <summary>A schema in the words of the standard.</summary>
/// <param name="Schema">The schema; the very element that was given where nothing had to change.</param>
/// <param name="Changes">What was changed, in the order in which the schema was read; empty where nothing was.</param>
public sealed record NormalizedSchema(JsonElement Schema, IReadOnlyList<SchemaChange> Changes);
