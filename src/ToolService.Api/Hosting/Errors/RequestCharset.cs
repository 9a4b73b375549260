using System.Text;
using Microsoft.Net.Http.Headers;

namespace ToolService.Api.Hosting.Errors;

/// <summary>
/// Tells a body in an encoding that nobody here knows from a fault of ours: the framework throws the same exception for both.
/// </summary>
internal static class RequestCharset
{
    public static bool IsFault(HttpRequest request, Exception exception) =>
        exception is InvalidOperationException or NotSupportedException
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.Charset is { HasValue: true } charset
        && !IsKnown(charset.ToString());

    private static bool IsKnown(string charset)
    {
        try
        {
            Encoding.GetEncoding(charset);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
