using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Tools;

/// <summary>A function, declared with the schema that the model sees.</summary>
internal sealed class DeclaredFunction(AIFunction inner, JsonElement schema) : DelegatingAIFunction(inner)
{
    public override JsonElement JsonSchema => schema;
}
