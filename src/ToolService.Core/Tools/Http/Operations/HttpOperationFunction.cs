using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>Runs a tool by sending the request that its operation describes. Safe to use from any thread.</summary>
internal sealed class HttpOperationFunction(
    string name,
    string description,
    JsonElement schema,
    ToolPolicy policy,
    RequestBuilder requests,
    AnswerReader answers,
    GuardedHttp http) : AIFunction
{
    // The executor's own limit is the one that is told; this ends what it has given up.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => schema;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var values = arguments.ToDictionary(argument => argument.Key, argument => Element(argument.Value), StringComparer.Ordinal);
        var applied = arguments.Policy(policy);
        var request = requests.Build(values, applied.ReadOnly ? null : arguments.Running()?.CallId) with
        {
            MayRunAgain = applied.MayRunAgain,
            Timeout = applied.Timeout + Grace,
        };
        return answers.Read(await http.SendAsync(request, cancellationToken));
    }

    private static JsonElement Element(object? value) =>
        value as JsonElement? ?? JsonSerializer.SerializeToElement(value, ToolJson.Options);
}
