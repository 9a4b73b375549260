using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.McpFixtures;

/// <summary>A function that is all schema.</summary>
internal sealed class SchemaFunction(string name, string description, JsonElement schema) : AIFunction
{
    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => schema;

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        ValueTask.FromResult<object?>("done");
}
