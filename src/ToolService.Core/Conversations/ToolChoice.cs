namespace ToolService.Core.Conversations;

/// <summary>How a model may use its tools, where it is not the name of the one to call.</summary>
public static class ToolChoice
{
    /// <summary>As it likes.</summary>
    public const string Auto = "auto";

    /// <summary>Not at all.</summary>
    public const string None = "none";

    /// <summary>At least one call before it answers.</summary>
    public const string Required = "required";
}
