namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>What is looked for.</summary>
/// <param name="Text">The words.</param>
/// <param name="Limit">The most results.</param>
/// <param name="Language">Two letters; null for any.</param>
/// <param name="SafeSearch">What is left out.</param>
/// <param name="Freshness">How old a result may be; null for any age.</param>
internal sealed record SearchQuery(string Text, int Limit, string? Language, SafeSearch SafeSearch, Freshness? Freshness);
