using System.Buffers;

namespace ToolService.Core.Tools.Http;

/// <summary>Reads a body up to a number of bytes and not one chunk further.</summary>
internal static class BoundedBody
{
    private const int ChunkSize = 16 * 1024;

    public static async Task<(byte[] Bytes, bool Truncated)> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            while (await body.ReadAsync(chunk, cancellationToken) is var read and > 0)
            {
                var room = limit - (int)kept.Length;
                kept.Write(chunk, 0, Math.Min(read, room));
                if (read > room)
                    return (kept.ToArray(), true);
            }

            return (kept.ToArray(), false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
