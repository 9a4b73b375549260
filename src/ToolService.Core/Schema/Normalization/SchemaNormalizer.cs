using System.Text.Json;
using ToolService.Core.Schema.Compilation;

namespace ToolService.Core.Schema.Normalization;

/// <summary>
/// Reads schemas as they occur (OpenAPI 3.0, older drafts, upper-case types, type names of programming languages) and says in the words
/// of the standard what they mean. Each change is recorded. What has no one meaning is refused; what merely is wrong is left for
/// <see cref="JsonSchema.Compile"/> to refuse.
/// </summary>
public static class SchemaNormalizer
{
    /// <summary>
    /// The same schema as JSON Schema that compiles. A schema that needs nothing comes back as it is. Values inside <c>enum</c>,
    /// <c>const</c>, <c>default</c> and <c>examples</c> are never touched. A normalised schema needs nothing more.
    /// </summary>
    /// <param name="schema">The schema. What is not an object comes back as it is.</param>
    /// <exception cref="JsonSchemaException">
    /// Something in it has no meaning here, contradicts itself, or is beyond <see cref="SchemaLimits"/>.
    /// </exception>
    public static NormalizedSchema Normalize(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return new NormalizedSchema(schema, []);

        SchemaDepth.Check(schema, "");
        var log = new ChangeLog();
        return new NormalizedSchema(new SchemaWalk(log).Normalize(schema), log.Changes);
    }
}
