namespace ToolService.Core.Schema.Patterns;

/// <summary>What a .NET expression is written for.</summary>
internal enum TextKind
{
    /// <summary>Texts in ASCII.</summary>
    Ascii,

    /// <summary>Any text, written in the symbols of the expression's <see cref="PatternAlphabet"/>.</summary>
    Symbols,

    /// <summary>Any text as it is: back-references compare characters, which symbols do not tell apart.</summary>
    Any,
}
