namespace ToolService.Core.Models.Wire;

/// <summary>Reads from another stream up to a size: a body without an end must not fill the memory.</summary>
/// <param name="inner">The other stream; disposed with this.</param>
/// <param name="maxBytes">The size.</param>
/// <param name="clock">Told while bytes are waited for; null where the wait is not bounded.</param>
internal sealed class BoundedStream(Stream inner, int maxBytes, AnswerClock? clock = null) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        clock?.Wait();
        try
        {
            return Counted(await inner.ReadAsync(buffer, cancellationToken));
        }
        finally
        {
            clock?.EndWait();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Counted(int count)
    {
        _read += count;
        return _read <= maxBytes ? count : throw new InvalidDataException($"more than {maxBytes} bytes.");
    }
}
