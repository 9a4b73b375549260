namespace ToolService.Api.Completions;

/// <summary>A configured model.</summary>
/// <param name="Id">The name that requests use.</param>
/// <param name="Object"><c>model</c>.</param>
/// <param name="Created">0: when it was made is not known.</param>
/// <param name="OwnedBy"><c>toolservice</c>.</param>
public sealed record ModelView(string Id, string Object = "model", long Created = 0, string OwnedBy = "toolservice");
