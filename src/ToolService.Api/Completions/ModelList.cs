namespace ToolService.Api.Completions;

/// <summary>The configured models.</summary>
/// <param name="Data">All of them.</param>
/// <param name="Object"><c>list</c>.</param>
public sealed record ModelList(IReadOnlyList<ModelView> Data, string Object = "list");
