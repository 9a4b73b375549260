using System.Net;

namespace ToolService.Core.Tools.Http;

/// <summary>
/// The body of a request that must not be sent twice, which tells whether it may have arrived. An empty one is sent too: the connection
/// pool sends a request without a body again where a kept connection turns out to be closed.
/// </summary>
internal sealed class Delivery(ReadOnlyMemory<byte> body) : HttpContent
{
    /// <summary>Whether a connection was there and the request was written to it.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the server said that it did nothing with it.</summary>
    public bool IsRefused { get; set; }

    /// <summary>The failure as it is told: one that leaves open what happened invites nobody to ask again.</summary>
    public ToolException Judge(ToolException failure) => !HasBegun || IsRefused || !failure.Retryable
        ? failure
        : new ToolException($"{failure.Message} It is not known whether the request took effect: check before it is sent again.", failure);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        HasBegun = true;
        await stream.WriteAsync(body);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
