using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools.OpenApi;

/// <summary>
/// An OpenAPI document, or options for its import, that cannot be used. The message says what to change and where, and is safe to show to
/// clients: it holds nothing but words from the document and the options.
/// </summary>
public sealed class OpenApiException : Exception
{
    private const int LongestPlace = 300;

    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="message">What is wrong and what to change.</param>
    /// <param name="place">A JSON pointer into the document, or a line; null where it is about the whole.</param>
    public OpenApiException(string message, string? place = null)
        : base(string.IsNullOrEmpty(place) ? message : $"{message} (at {Shown(place)})") => Place = place is null ? null : Shown(place);

    /// <summary>A JSON pointer into the document, or a line; null where it is about the whole.</summary>
    public string? Place { get; }

    private static string Shown(string place) => JsonDisplay.OneLine(place, LongestPlace);
}
