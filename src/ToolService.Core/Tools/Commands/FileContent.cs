using System.Text;

namespace ToolService.Core.Tools.Commands;

/// <summary>Reads files as text.</summary>
internal static class FileContent
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, a byte order mark included; null where it is no text.</summary>
    public static string? TryDecode(byte[] content)
    {
        if (content.AsSpan().Contains((byte)0))
            return null;

        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <exception cref="ToolException">It is no text.</exception>
    public static string Decode(byte[] content, string path) =>
        TryDecode(content) ?? throw new ToolException($"'{path}' is not text in UTF-8.");
}
