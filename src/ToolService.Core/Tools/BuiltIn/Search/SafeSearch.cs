namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>How strictly adult content is left out, least strict first.</summary>
public enum SafeSearch
{
    /// <summary>Not at all.</summary>
    Off,

    /// <summary>Explicit images and videos are left out.</summary>
    Moderate,

    /// <summary>All of it is left out, as far as the provider knows it.</summary>
    Strict,
}
