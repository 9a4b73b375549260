namespace ToolService.Core.Tools.Http.Operations;

/// <summary>How one member of a form is written.</summary>
public sealed record HttpFieldEncoding
{
    /// <summary>The content type of its part in a multipart form; null for text, JSON where the value is an object or array.</summary>
    public string? ContentType { get; init; }

    /// <summary>How arrays and objects are written in a form that is not multipart. Default <c>form</c>.</summary>
    public ParameterStyle Style { get; init; } = ParameterStyle.Form;

    /// <summary>Whether each item or member is a field of its own. Default true.</summary>
    public bool Explode { get; init; } = true;

    /// <summary>Whether the value is base64 of a file's bytes, sent as a file in a multipart form. Default false.</summary>
    public bool IsFile { get; init; }

    internal bool IsJson => ContentType is { } type && type.Contains("json", StringComparison.OrdinalIgnoreCase);
}
