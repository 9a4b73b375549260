using System.Text;

namespace ToolService.Core.Models.Wire;

/// <summary>The body of an answer that is an error.</summary>
internal static class ErrorBody
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Its text or the beginning; empty where it breaks off, since the status says enough.</summary>
    public static async Task<string> ReadAsync(Stream? body, CancellationToken cancellationToken)
    {
        if (body is null)
            return "";

        var buffer = new byte[MaxBytes];
        try
        {
            var length = await body.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancellationToken);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
