namespace ToolService.Core.Tools.Http.Operations;

/// <summary>How arguments become a request's body.</summary>
/// <param name="ContentType">What it is written as: JSON, a form, a multipart form, or any other type, which is sent as text.</param>
public sealed record HttpBody(string ContentType)
{
    /// <summary>The argument that is the body as a whole; null where <see cref="Fields"/> name its members.</summary>
    public string? Argument { get; init; }

    /// <summary>Whether that argument is base64 of the body's bytes. Default false.</summary>
    public bool IsBase64 { get; init; }

    /// <summary>Arguments that each become a member of the body.</summary>
    public IReadOnlyList<HttpBodyField> Fields { get; init; } = [];

    /// <summary>How single members of a form are written, by their wire names; the others are written in the form's own way.</summary>
    public IReadOnlyDictionary<string, HttpFieldEncoding> Encodings { get; init; } = new Dictionary<string, HttpFieldEncoding>();
}
