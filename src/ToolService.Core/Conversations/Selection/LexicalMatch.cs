using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection;

/// <summary>A tool that shares words with a query.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Words">The words as the query has them, what counted most first.</param>
internal sealed record LexicalMatch(Tool Tool, IReadOnlyList<string> Words);
