using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations;

/// <summary>A client's tool as models are offered it. Nothing here can run it.</summary>
internal sealed class ClientFunction(ClientTool tool) : AIFunctionDeclaration
{
    private static readonly JsonElement NoParameters = JsonElement.Parse("""{"type":"object","properties":{}}""");
    private static readonly Dictionary<string, object?> StrictOnly = new() { [OfferedTools.Strict] = true };
    private static readonly Dictionary<string, object?> None = [];

    public override string Name => tool.Name;

    public override string Description => tool.Description ?? "";

    public override JsonElement JsonSchema => tool.Parameters ?? NoParameters;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => tool.Strict ? StrictOnly : None;
}
