using System.Text.Json;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>A tool that sends an HTTP request, as its author writes it down.</summary>
public sealed record HttpToolDefinition
{
    /// <summary>The name by which models and clients call it: 1 to 64 of letters, digits, <c>_</c> and <c>-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for the model.</summary>
    public required string Description { get; init; }

    /// <summary>The method: GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// The absolute URL. <c>{name}</c> in its path, or as a whole value in its query, is the argument of that name; scheme, host and port
    /// are fixed.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>The JSON Schema of the arguments; either this or <see cref="Parameters"/>, or neither for no arguments.</summary>
    public JsonElement? InputSchema { get; init; }

    /// <summary>The arguments as a plain list.</summary>
    public IReadOnlyList<HttpToolParameter>? Parameters { get; init; }

    /// <summary>
    /// Where arguments go, by name: <c>path</c>, <c>query</c>, <c>header</c>, <c>cookie</c> or <c>body</c>, or an object with <c>in</c> and
    /// <c>name</c> (on the wire), <c>style</c>, <c>explode</c> and <c>as_json</c> as in OpenAPI. Default: where the URL names it, else the
    /// query of a GET, HEAD, DELETE or OPTIONS, else the body.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? In { get; init; }

    /// <summary>Headers of each request, by name. <c>${secret:NAME}</c> in a value stands for a secret.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Query parameters of each request, by name; may hold secrets.</summary>
    public IReadOnlyDictionary<string, string>? Query { get; init; }

    /// <summary>Cookies of each request, by name; may hold secrets.</summary>
    public IReadOnlyDictionary<string, string>? Cookies { get; init; }

    /// <summary>How the arguments that go there become the body. Default: a JSON object.</summary>
    public HttpToolBody? Body { get; init; }

    /// <summary>What of the answer is the result. Default: all of it, as its content type says.</summary>
    public HttpToolResponse? Response { get; init; }

    /// <summary>What applies whenever the tool runs.</summary>
    public HttpToolPolicy? Policy { get; init; }

    /// <summary>What the tool does. Default: what HTTP says of the method.</summary>
    public HttpToolAnnotations? Annotations { get; init; }

    /// <summary>Words by which clients filter the listing; at most 20.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}
