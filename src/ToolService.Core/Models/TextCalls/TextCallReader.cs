using System.Text;

namespace ToolService.Core.Models.TextCalls;

/// <summary>
/// Tells the calls in a model's words from the words, while they arrive. Whatever the pieces in which they come, the outcome is that of the
/// whole; what may yet become a call is held back, and given as words as soon as it is clear that it is none.
/// </summary>
/// <param name="formats">The formats that count.</param>
/// <param name="tools">The tools on offer.</param>
internal sealed class TextCallReader(TextCallFormatSet formats, TextTools tools)
{
    private const int More = -1;
    private const int None = 0;

    // What is held is read again from its beginning when it has grown by a part of itself: each character a bounded number of times.
    private const int SmallHold = 512;
    private const int GrowthShare = 8;

    // So much may be read in vain, in an answer made to be read again from each of a thousand markers; after that all is words.
    private const long MaxInVain = 4_000_000;

    private readonly StringBuilder _held = new();
    private readonly StringBuilder _words = new();
    private readonly StringBuilder _space = new();
    private readonly CodeSpans _code = new();
    private readonly HashSet<ITextCallFormat> _seen = [];
    private int _nextRead;
    private long _inVain;
    private bool _hasWords;
    private bool _hasCalls;

    /// <summary>Takes the next words.</summary>
    /// <returns>What is certain by now.</returns>
    public IReadOnlyList<TextPiece> Append(string text)
    {
        _held.Append(text);
        return _held.Length < _nextRead ? [] : Read(isEnd: false);
    }

    /// <summary>Says that no more words follow.</summary>
    /// <returns>What was not given yet.</returns>
    public IReadOnlyList<TextPiece> Complete()
    {
        var pieces = Read(isEnd: true);
        // Around calls, white space is a part of how they are written.
        if (_hasCalls || _space.Length == 0)
            return pieces;

        _words.Append(_space);
        _space.Clear();
        return [.. pieces, .. TakeWords()];
    }

    private List<TextPiece> Read(bool isEnd)
    {
        var pieces = new List<TextPiece>();
        var text = _held.ToString();
        var position = 0;
        while (position < text.Length)
        {
            var length = text.AsSpan(position).IndexOfAny(formats.Firsts);
            Pass(text.AsSpan(position, length < 0 ? text.Length - position : length));
            position = length < 0 ? text.Length : position + length;
            if (length < 0)
                break;

            length = ReadBlock(text, position, isEnd, pieces);
            if (length == More)
                break;
            if (length == None)
                Pass(text.AsSpan(position, 1));
            position += Math.Max(length, 1);
        }

        pieces.AddRange(TakeWords());
        _held.Clear().Append(text, position, text.Length - position);
        _nextRead = _held.Length < SmallHold ? 0 : _held.Length + (_held.Length / GrowthShare);
        return pieces;
    }

    /// <summary>How long the block at this position is, <see cref="None"/> if there is none, or <see cref="More"/>.</summary>
    private int ReadBlock(string text, int position, bool isEnd, List<TextPiece> pieces)
    {
        if (_inVain > MaxInVain || IsQuoted(text[position]))
            return None;

        var rest = text.AsSpan(position);
        foreach (var (format, marker) in formats.StartingWith(rest[0]))
        {
            if (!IsInPlace(format, marker))
                continue;
            if (!isEnd && rest.Length < marker.Text.Length && marker.Text.AsSpan().StartsWith(rest, StringComparison.Ordinal))
                return More;
            if (!rest.StartsWith(marker.Text, StringComparison.Ordinal))
                continue;

            var cursor = new TextCursor(rest, isEnd) { Position = marker.Text.Length };
            var block = new TextBlock(tools);
            var found = format.TryRead(ref cursor, marker.Text, block);
            if (cursor.Starved && !isEnd)
                return More;
            if (!found && cursor.Starved && block.Begun is { } name && tools.Offers(name))
            {
                // The answer ended in the middle of a call. The model is told so, by way of arguments that are none.
                block.Add(name, cursor.From(block.BegunAt));
                cursor.TakeRest();
                found = true;
            }

            if (found && block.Pieces.OfType<TextPiece.Call>().All(call => tools.Accepts(call, format)))
            {
                Take(format, block, text.Substring(position, cursor.Position), pieces);
                return cursor.Position;
            }

            _inVain += cursor.Starved ? rest.Length : cursor.Position;
        }

        return None;
    }

    // A backtick can begin a block only where no other one is open, and what is behind one of two is neither.
    private bool IsQuoted(char first) => _code.IsQuoted || (first is '`' && _code.IsTick);

    private bool IsInPlace(ITextCallFormat format, TextCallMarker marker) => marker.Placement switch
    {
        MarkerPlacement.Start => !_hasWords && !_hasCalls,
        MarkerPlacement.AfterOwn => _seen.Contains(format),
        MarkerPlacement.AfterCall => _hasCalls,
        _ => true,
    };

    private void Take(ITextCallFormat format, TextBlock block, string source, List<TextPiece> pieces)
    {
        _seen.Add(format);
        if (block.Pieces.Count == 0)
            return;

        pieces.AddRange(TakeWords());
        source = _space + source;
        _space.Clear();
        foreach (var piece in block.Pieces)
        {
            pieces.Add(piece is TextPiece.Call call ? call with { Source = source } : piece);
            if (piece is TextPiece.Call)
                (_hasCalls, source) = (true, "");
        }
    }

    private void Pass(ReadOnlySpan<char> words)
    {
        _code.Pass(words);
        var length = words.TrimEnd().Length;
        if (length > 0)
        {
            _words.Append(_space).Append(words[..length]);
            _space.Clear();
            _hasWords = true;
        }

        _space.Append(words[length..]);
    }

    private TextPiece[] TakeWords()
    {
        if (_words.Length == 0)
            return [];

        var words = new TextPiece.Words(_words.ToString());
        _words.Clear();
        return [words];
    }
}
