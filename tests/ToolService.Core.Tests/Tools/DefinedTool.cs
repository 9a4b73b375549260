using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

/// <summary>A tool with a hand-written definition, which returns its arguments.</summary>
internal sealed class DefinedTool(string name, string schema) : AIFunction
{
    private readonly JsonElement _schema = JsonElement.Parse(schema);

    public override string Name => name;

    public override string Description => $"Does {name}.";

    public override JsonElement JsonSchema => _schema;

    public static Tool Create(string name, string schema = """{"type": "object"}""", ToolPolicy? policy = null, string source = "test") =>
        new(new DefinedTool(name, schema), policy, source);

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => new(arguments);
}
