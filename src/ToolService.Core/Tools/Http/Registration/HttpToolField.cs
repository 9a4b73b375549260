namespace ToolService.Core.Tools.Http.Registration;

/// <summary>How a field of a form is written.</summary>
public sealed record HttpToolField
{
    /// <summary>The content type of its part in a multipart form; in another form one of JSON writes the value as JSON.</summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// How lists and objects are written in a form: <c>form</c>, <c>spaceDelimited</c>, <c>pipeDelimited</c> or <c>deepObject</c>. Default
    /// form.
    /// </summary>
    public string? Style { get; init; }

    /// <summary>Whether each item or member is a field of its own. Default true.</summary>
    public bool? Explode { get; init; }

    /// <summary>Whether the value is base64 of a file's bytes, sent as a file of a multipart form. Default false.</summary>
    public bool File { get; init; }
}
