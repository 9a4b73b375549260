using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>A function that is never called: it shows whether an operation can be a tool.</summary>
internal sealed class ProbeFunction(string name, string description, JsonElement schema) : AIFunction
{
    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => schema;

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
