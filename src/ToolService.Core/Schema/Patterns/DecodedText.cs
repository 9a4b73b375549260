using System.Buffers;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Patterns;

/// <summary>A JSON string's characters, in a buffer on the stack where they fit and in a rented one otherwise.</summary>
internal ref struct DecodedText
{
    public const int StackCharacters = 256;

    private readonly Span<char> _characters;
    private char[]? _rented;

    /// <param name="raw">The bytes between the string's quotes.</param>
    /// <param name="buffer">Room for <see cref="StackCharacters"/>.</param>
    public DecodedText(scoped ReadOnlySpan<byte> raw, Span<char> buffer)
    {
        if (raw.Length > buffer.Length)
            buffer = _rented = ArrayPool<char>.Shared.Rent(raw.Length);
        _characters = buffer[..JsonText.Decode(raw, buffer)];
    }

    public readonly ReadOnlySpan<char> Characters => _characters;

    /// <summary>The text in symbols, which take the characters' place.</summary>
    public readonly ReadOnlySpan<char> Rewrite(PatternAlphabet alphabet) => _characters[..alphabet.Encode(_characters, _characters)];

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<char>.Shared.Return(_rented);
        _rented = null;
    }
}
