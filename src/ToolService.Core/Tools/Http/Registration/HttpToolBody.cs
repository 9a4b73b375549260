namespace ToolService.Core.Tools.Http.Registration;

/// <summary>How arguments become the body of a request.</summary>
public sealed record HttpToolBody
{
    /// <summary>
    /// JSON (<c>application/json</c>, <c>…+json</c>), <c>application/x-www-form-urlencoded</c>, <c>multipart/form-data</c>, or any other
    /// type, which is one argument as text. Default <c>application/json</c>.
    /// </summary>
    public string? ContentType { get; init; }

    /// <summary>The argument that is the body as a whole; null for an object of all arguments that go into the body.</summary>
    public string? Argument { get; init; }

    /// <summary>Whether that argument is base64 of the body's bytes. Default false.</summary>
    public bool Base64 { get; init; }

    /// <summary>How single fields of a form are written, by their names on the wire.</summary>
    public IReadOnlyDictionary<string, HttpToolField>? Fields { get; init; }
}
