namespace ToolService.Core.Models;

/// <summary>Which sampling parameters an Anthropic endpoint is sent, of those that a request names. The others are left out.</summary>
public enum ModelSampling
{
    /// <summary>
    /// What is known of the model: Claude takes all up to 4.0, one from 4.1 on, and none from 4.7 on; any other model takes all.
    /// </summary>
    ByModel,

    /// <summary><c>temperature</c>, <c>top_p</c> and <c>top_k</c>.</summary>
    All,

    /// <summary><c>temperature</c>, or without one <c>top_p</c>; and <c>top_k</c>.</summary>
    One,

    /// <summary>None of them.</summary>
    None,
}
