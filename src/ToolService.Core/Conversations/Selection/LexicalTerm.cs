namespace ToolService.Core.Conversations.Selection;

/// <summary>One term of a query.</summary>
/// <param name="Stem">What is looked up.</param>
/// <param name="Word">The word that was written.</param>
/// <param name="Weight">How much it counts.</param>
internal sealed record LexicalTerm(string Stem, string Word, float Weight);
