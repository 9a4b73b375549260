namespace ToolService.Core.Tools.Http;

/// <summary>A request of any method, with or without a body.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">Where to.</param>
public sealed record HttpSend(HttpMethod Method, Uri Url)
{
    /// <summary>
    /// Headers besides those of the body. They stay with the origin of <see cref="Url"/>, whatever redirects. Default none.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body; null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The body's content type with its parameters.</summary>
    public string? ContentType { get; init; }

    /// <summary>The most bytes read of the answer; null uses <see cref="HttpOptions.MaxResponseBytes"/>, which also bounds this.</summary>
    public int? MaxBytes { get; init; }

    /// <summary>How long it may take with everything in it; null uses <see cref="HttpOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Whether the request may be sent twice without harm. Where it may not, a failure after it was sent is not called retryable. Default:
    /// what HTTP says of the method.
    /// </summary>
    public bool MayRunAgain { get; init; } = IsIdempotent(Method);

    /// <summary>
    /// Whether it carries secrets. Over plain http they go to the networks of <see cref="HttpOptions.AllowPrivateNetworks"/> only. Default
    /// false.
    /// </summary>
    public bool IsConfidential { get; init; }

    private static bool IsIdempotent(HttpMethod method) => method != HttpMethod.Post && method != HttpMethod.Patch;
}
