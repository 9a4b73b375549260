namespace ToolService.Core.Tools.Mcp.Transport;

/// <summary>Reads messages from a stream, none longer than a limit, and lets somebody see the bytes as they come.</summary>
/// <param name="inner">The stream.</param>
/// <param name="limit">The longest message, in bytes.</param>
/// <param name="ending">How a message ends; null where the stream is one message.</param>
/// <param name="fault">Hears of a message that is longer.</param>
/// <param name="watch">Sees what was read, before the reader does; null for nobody.</param>
internal sealed class MessageLimitStream(Stream inner, int limit, MessageEnding? ending, SessionFault fault, Action<ReadOnlySpan<byte>>? watch = null)
    : Stream
{
    private long _length;
    private bool _lineIsEmpty = true;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Note(buffer.AsSpan(offset, inner.Read(buffer, offset, count)));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        return Note(buffer.Span[..read]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Note(ReadOnlySpan<byte> read)
    {
        foreach (var value in read)
        {
            if (ending is not null && Ends(value))
                _length = 0;
            else
                _length++;
            if (_length > limit)
                throw TooLong();
        }

        watch?.Invoke(read);
        return read.Length;
    }

    private bool Ends(byte value)
    {
        if (value == '\r')
            return false;
        var ends = value == '\n' && (ending is MessageEnding.Line || _lineIsEmpty);
        _lineIsEmpty = value == '\n';
        return ends;
    }

    private InvalidDataException TooLong()
    {
        var reason = $"The server sent a message of more than {limit:N0} bytes.";
        fault.Note(reason);
        return new InvalidDataException(reason);
    }
}
