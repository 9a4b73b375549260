namespace ToolService.Core.Tools.Http;

/// <summary>A page or document to fetch with GET.</summary>
/// <param name="Url">Where it is.</param>
/// <param name="Accept">The media types wanted, as in an <c>Accept</c> header.</param>
public sealed record HttpTextRequest(Uri Url, string Accept)
{
    /// <summary>
    /// Further headers, such as a key. They stay with the origin of <see cref="Url"/>: a redirect elsewhere is followed without them.
    /// Default none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
