using System.Text.Json.Serialization;

namespace ToolService.Api.Completions;

/// <summary>A call that an assistant asks for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CompletionCall
{
    /// <summary>The only type of calls there is.</summary>
    internal const string FunctionType = "function";

    /// <summary>In chunks, its place among the calls of the answer.</summary>
    public int? Index { get; init; }

    /// <summary>The id by which its result names it.</summary>
    public required string Id { get; init; }

    /// <summary><c>function</c>, also where it is left out.</summary>
    public string? Type { get; init; }

    /// <summary>What is called.</summary>
    public required CompletionFunction Function { get; init; }
}
