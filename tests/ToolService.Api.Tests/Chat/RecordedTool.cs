using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Api.Tests.Chat;

/// <summary>A tool that answers as a recorded one did: each result once, to a call with the recorded arguments.</summary>
internal sealed class RecordedTool(string name, IEnumerable<(JsonElement Arguments, string Result)> recorded) : AIFunction
{
    private static readonly JsonElement AnyArguments = JsonElement.Parse("""{"type":"object","properties":{}}""");
    private readonly List<(JsonElement Arguments, string Result)> _left = [.. recorded];

    public override string Name => name;

    public override JsonElement JsonSchema => AnyArguments;

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var asked = JsonSerializer.SerializeToElement(arguments.ToDictionary(argument => argument.Key, argument => argument.Value));
        lock (_left)
        {
            var index = _left.FindIndex(one => JsonElement.DeepEquals(one.Arguments, asked));
            if (index < 0)
                throw new InvalidOperationException($"No recorded call of {name} has these arguments: {asked}");
            var result = _left[index].Result;
            _left.RemoveAt(index);
            return ValueTask.FromResult<object?>(result);
        }
    }
}
