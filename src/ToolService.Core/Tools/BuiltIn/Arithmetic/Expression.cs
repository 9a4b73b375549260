namespace ToolService.Core.Tools.BuiltIn.Arithmetic;

/// <summary>Evaluates arithmetic written as text.</summary>
internal static class Expression
{
    /// <summary>The longest expression, in characters.</summary>
    public const int MaxLength = 1_000;

    /// <exception cref="ToolException">The text is no expression, or its value is not a real number of bounded size.</exception>
    public static Number Evaluate(string text)
    {
        if (text.Length > MaxLength)
            throw new ToolException($"the expression has {text.Length} characters; at most {MaxLength} are allowed");
        if (string.IsNullOrWhiteSpace(text))
            throw new ToolException("the expression is empty");
        return new Parser(text).Evaluate();
    }
}
