namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// Parses an ECMA-262 expression as the <c>u</c> flag has it. Not accepted, as in most engines so far, are the newest additions of 2025:
/// flags for a group, and one name for groups in different alternatives.
/// </summary>
internal sealed class PatternParser
{
    private const int MaxDepth = 200;
    private const int MaxEdges = 100_000;

    private static readonly (string Prefix, bool Behind, bool Negated)[] Looks =
        [("?=", false, false), ("?!", false, true), ("?<=", true, false), ("?<!", true, true)];

    private readonly PatternReader _reader;
    private readonly bool _lenient;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<PatternBackReference> _references = [];
    private readonly Stack<int> _open = [];
    private int _groups;
    private int _depth;
    private int _edges;
    private bool _hasLooks;

    private PatternParser(string pattern, bool lenient) => (_reader, _lenient) = (new PatternReader(pattern), lenient);

    /// <param name="pattern">The expression.</param>
    /// <param name="lenient">
    /// Whether to take what the <c>u</c> flag forbids but has one meaning: escaped punctuation, and brackets and braces that close or open
    /// nothing. Schemas as they occur are full of them.
    /// </param>
    /// <exception cref="PatternSyntaxException">The expression is not ECMA-262.</exception>
    public static PatternSyntax Parse(string pattern, bool lenient) => new PatternParser(pattern, lenient).Parse();

    private PatternSyntax Parse()
    {
        var root = ReadAlternatives();
        if (!_reader.AtEnd)
            throw new PatternSyntaxException("a ')' closes no group");
        return new PatternSyntax(root, _names, _references.Select(Resolve).ToHashSet(), _hasLooks);
    }

    private int Resolve(PatternBackReference reference)
    {
        if (reference.Name is null)
            return reference.Number <= _groups ? reference.Number
                : throw new PatternSyntaxException($"there is no group {reference.Number} to refer to");
        return _names.TryGetValue(reference.Name, out var number) ? number
            : throw new PatternSyntaxException($"there is no group '{reference.Name}' to refer to");
    }

    private IPatternNode ReadAlternatives()
    {
        if (++_depth > MaxDepth)
            throw new PatternSyntaxException($"it nests more than {MaxDepth} groups");
        List<IPatternNode> alternatives = [ReadSequence()];
        while (_reader.TrySkip("|"))
            alternatives.Add(ReadSequence());
        _depth--;
        return alternatives is [var only] ? only : new PatternAlternatives(alternatives);
    }

    private PatternSequence ReadSequence()
    {
        List<IPatternNode> items = [];
        while (!_reader.AtEnd && _reader.Peek() is not ('|' or ')'))
        {
            var firstGroup = _groups + 1;
            var item = ReadTerm();
            items.Add(item is PatternAnchor or PatternLook ? RefuseQuantifier(item) : ReadQuantifier(item, firstGroup));
        }

        return new PatternSequence(items);
    }

    private IPatternNode RefuseQuantifier(IPatternNode assertion) =>
        _reader.Peek() is '*' or '+' or '?' || _reader.ReadBraces() is not null
            ? throw new PatternSyntaxException("an assertion may not be repeated")
            : assertion;

    private IPatternNode ReadQuantifier(IPatternNode item, int firstGroup)
    {
        var counts = _reader.TrySkip("*") ? (0, PatternRepeat.Unbounded)
            : _reader.TrySkip("+") ? (1, PatternRepeat.Unbounded)
            : _reader.TrySkip("?") ? (0, 1)
            : _reader.ReadBraces();
        if (counts is not var (minimum, maximum))
            return item;
        if (minimum > maximum)
            throw new PatternSyntaxException("the numbers of a quantifier are out of order");
        return new PatternRepeat(item, minimum, maximum, _reader.TrySkip("?"), firstGroup..(_groups + 1));
    }

    private IPatternNode ReadTerm()
    {
        if (_reader.ReadBraces() is not null)
            throw new PatternSyntaxException("a quantifier has nothing to repeat");
        var codePoint = _reader.Next();
        return codePoint switch
        {
            '^' or '$' => new PatternAnchor((char)codePoint),
            '\\' => ReadEscape(),
            '(' => ReadGroup(),
            '.' => Set(CodePointSet.LineTerminators.Complement()),
            '[' => Set(PatternClass.Read(_reader, _lenient)),
            '*' or '+' or '?' => throw new PatternSyntaxException("a quantifier has nothing to repeat"),
            ']' or '{' or '}' when !_lenient => throw new PatternSyntaxException($"a lone '{(char)codePoint}' must be escaped"),
            _ => Set(CodePointSet.Of(codePoint)),
        };
    }

    private PatternSet Set(CodePointSet members)
    {
        _edges += members.Edges.Length;
        return _edges <= MaxEdges ? new PatternSet(members)
            : throw new PatternSyntaxException("it has too many large sets of characters");
    }

    private IPatternNode ReadGroup()
    {
        if (_reader.TrySkip("?:"))
            return new PatternGroup(0, ReadBody());
        foreach (var (prefix, behind, negated) in Looks)
        {
            if (!_reader.TrySkip(prefix))
                continue;
            _hasLooks = true;
            return new PatternLook(behind, negated, ReadBody());
        }

        var number = ++_groups;
        if (_reader.TrySkip("?<"))
        {
            var name = _reader.ReadGroupName();
            if (!_names.TryAdd(name, number))
                throw new PatternSyntaxException($"two groups have the name '{name}'");
        }
        else if (_reader.Peek() == '?')
        {
            throw new PatternSyntaxException("a group may start with '(', '(?:', '(?=', '(?!', '(?<=', '(?<!' or '(?<name>' only");
        }

        _open.Push(number);
        var body = ReadBody();
        _open.Pop();
        return new PatternGroup(number, body);
    }

    private IPatternNode ReadBody()
    {
        var body = ReadAlternatives();
        return _reader.TrySkip(")") ? body : throw new PatternSyntaxException("a group lacks its ')'");
    }

    private IPatternNode ReadEscape()
    {
        if (_reader.AtEnd)
            throw new PatternSyntaxException("it ends with a lone backslash");
        if (_reader.Peek() is 'b' or 'B')
        {
            _hasLooks = true;
            return new PatternAnchor((char)_reader.Next());
        }

        if (_reader.TrySkip("k"))
            return ReadReference(0, _reader.TrySkip("<") ? _reader.ReadGroupName()
                : throw new PatternSyntaxException("'\\k' needs a group's name, as in '\\k<name>'"));
        if (_reader.Peek() is >= '1' and <= '9')
            return ReadReference(int.TryParse(_reader.ReadDigits(), out var number) ? number : int.MaxValue, null);
        return Set(PatternEscape.TryReadSet(_reader, out var set) ? set
            : CodePointSet.Of(PatternEscape.ReadCodePoint(_reader, _lenient, inClass: false)));
    }

    private IPatternNode ReadReference(int number, string? name)
    {
        // A group has captured nothing while it is open, and a reference to nothing matches nothing: .NET sees that differently.
        if (_open.Contains(name is null ? number : _names.GetValueOrDefault(name)))
            return new PatternSequence([]);
        var reference = new PatternBackReference(number, name);
        _references.Add(reference);
        return reference;
    }
}
