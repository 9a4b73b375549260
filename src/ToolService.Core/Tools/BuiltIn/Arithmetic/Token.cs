namespace ToolService.Core.Tools.BuiltIn.Arithmetic;

/// <param name="Kind">What it is.</param>
/// <param name="Text">As it was written.</param>
/// <param name="Position">Where it starts, counted from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public override string ToString() => Kind == TokenKind.End ? "end of the expression" : $"'{Text}' at position {Position}";
}
