namespace ToolService.Core.Schema.Evaluation;

/// <summary>What a keyword asks of a value, in words.</summary>
/// <param name="Verb">How the sentence begins: <c>must have</c>.</param>
/// <param name="What">What is asked for: <c>at least 2 characters</c>.</param>
internal readonly record struct Expectation(string Verb, string What)
{
    public override string ToString() => $"{Verb} {What}";
}
