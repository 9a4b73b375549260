namespace ToolService.Core.Models;

/// <summary>The models that can be chosen: <c>Models</c>.</summary>
public sealed class ModelsOptions
{
    /// <summary>The name under which the demo model is always there.</summary>
    public const string Demo = "demo";

    /// <summary>The key that is sent where none is configured: compatible servers on one's own machine take any.</summary>
    public const string NoKey = "none";

    /// <summary>The model used when a request names none. Default <c>demo</c>, or the one that <c>OPENAI_API_KEY</c> and its companions define.</summary>
    public string Default { get; set; } = Demo;

    /// <summary>Models by the name that requests use.</summary>
    public Dictionary<string, ModelEndpointOptions> Endpoints { get; } = new(StringComparer.Ordinal);
}
