using System.Text.Json;
using System.Text.Json.Serialization;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>Makes tools that send HTTP requests.</summary>
internal sealed class HttpToolFactory(GuardedHttp http, SecretStore secrets)
{
    private static readonly JsonSerializerOptions TargetJson =
        new(ToolJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Makes a tool. All that its requests are made of is its target, so that a change of it is another definition.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="description">What it does, for the model.</param>
    /// <param name="inputSchema">The schema of its arguments.</param>
    /// <param name="operation">What it sends.</param>
    /// <param name="policy">What applies to it.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="tags">Words by which clients filter the listing.</param>
    /// <exception cref="ToolDefinitionException">The operation cannot be sent, or the tool cannot be one; the message says why.</exception>
    public Tool Create(
        string name,
        string description,
        JsonElement inputSchema,
        HttpOperation operation,
        ToolPolicy policy,
        string source,
        IReadOnlyList<string>? tags = null)
    {
        var requests = new RequestBuilder(operation, secrets);
        try
        {
            http.CheckForm(requests.Site);
        }
        catch (ToolException e)
        {
            throw new ToolDefinitionException(e.Message, e);
        }

        var function = new HttpOperationFunction(
            name, description, inputSchema, policy, requests, new AnswerReader(operation.Response, secrets), http);
        return new Tool(function, policy, source, tags, JsonSerializer.Serialize(operation, TargetJson));
    }
}
