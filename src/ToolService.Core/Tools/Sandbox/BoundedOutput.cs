using System.Runtime.InteropServices;
using System.Text;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>The beginning and the end of what a program writes; what is between is counted and forgotten.</summary>
/// <param name="limit">How many bytes are kept.</param>
internal sealed class BoundedOutput(int limit)
{
    private readonly List<byte> _head = [];
    private readonly byte[] _tail = new byte[limit / 2];
    private int _tailStart;
    private int _tailLength;
    private long _total;

    /// <summary>How many bytes were written.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Whether some are missing.</summary>
    public bool IsTruncated => Total > _head.Count + _tailLength;

    /// <summary>Takes what was written next.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Interlocked.Add(ref _total, bytes.Length);
        var forHead = Math.Min(bytes.Length, limit - (limit / 2) - _head.Count);
        _head.AddRange(bytes[..forHead]);
        bytes = bytes[forHead..];
        if (bytes.Length > _tail.Length)
            bytes = bytes[^_tail.Length..];
        foreach (var value in bytes)
            Push(value);
    }

    /// <summary>The text, with a note in place of what is missing; bytes that are no UTF-8 are shown as U+FFFD.</summary>
    public override string ToString()
    {
        var head = Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_head));
        var tail = new byte[_tailLength];
        for (var i = 0; i < _tailLength; i++)
            tail[i] = _tail[(_tailStart + i) % _tail.Length];
        if (!IsTruncated)
            return head.Length == 0 || _tailLength == 0 ? head + Encoding.UTF8.GetString(tail) : Whole(tail);
        return $"{head}\n[… {Total - _head.Count - _tailLength} bytes left out …]\n{Encoding.UTF8.GetString(tail)}";
    }

    // A character may lie across the two halves.
    private string Whole(byte[] tail) => Encoding.UTF8.GetString([.. _head, .. tail]);

    private void Push(byte value)
    {
        if (_tailLength < _tail.Length)
        {
            _tail[_tailLength++] = value;
            return;
        }

        _tail[_tailStart] = value;
        _tailStart = (_tailStart + 1) % _tail.Length;
    }
}
