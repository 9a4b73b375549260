using System.Text.Json;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>One HTTP request that a tool makes, as a template for its arguments.</summary>
public sealed record HttpOperation
{
    /// <summary>The method, in capitals, such as <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The absolute URL; <c>{name}</c> in its path stands for the path parameter of that wire name.</summary>
    public required string Url { get; init; }

    /// <summary>Where arguments go besides the body. Default none.</summary>
    public IReadOnlyList<HttpParameter> Parameters { get; init; } = [];

    /// <summary>How arguments become the body. Default none.</summary>
    public HttpBody? Body { get; init; }

    /// <summary>Values that each request carries whatever its arguments: headers, keys in the query, cookies. Default none.</summary>
    public IReadOnlyList<HttpConstant> Constants { get; init; } = [];

    /// <summary>Values of arguments that are left out, by the arguments' names. Default none: what is left out is not sent.</summary>
    public IReadOnlyDictionary<string, JsonElement> Defaults { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>What of the answer becomes the tool's result. Default: all of it, as the answer's content type says.</summary>
    public ResponseMapping Response { get; init; } = new();
}
