namespace ToolService.Core.Tools.Http.Operations;

/// <summary>An argument and its place in the request.</summary>
/// <param name="Argument">The name of the tool's argument.</param>
/// <param name="Name">The parameter's name on the wire.</param>
/// <param name="Place">Where it goes.</param>
public sealed record HttpParameter(string Argument, string Name, HttpPlace Place)
{
    /// <summary>How arrays and objects are written. Default: <c>simple</c> in paths and headers, <c>form</c> in queries and cookies.</summary>
    public ParameterStyle Style { get; init; } = Place is HttpPlace.Path or HttpPlace.Header ? ParameterStyle.Simple : ParameterStyle.Form;

    /// <summary>Whether each item or member is a parameter of its own. Default: where the style is <c>form</c>.</summary>
    public bool Explode { get; init; } = Place is HttpPlace.Query or HttpPlace.Cookie;

    /// <summary>Whether the value is written as JSON, as by a parameter's <c>content</c>. Default false.</summary>
    public bool AsJson { get; init; }

    /// <summary>What is sent where the argument is left out; null for nothing.</summary>
    public string? Default { get; init; }
}
