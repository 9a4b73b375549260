using ToolService.Api.Hosting.Json;
using ToolService.Core.Tools;

namespace ToolService.Api.Confirmations;

/// <summary>One place at which a tool's definition is no longer what a person was asked about.</summary>
/// <param name="Pointer">Where, as a JSON pointer into the definition: its name, description, annotations and input schema.</param>
/// <param name="Was">What was there; absent for nothing. What is long is cut and then a string.</param>
/// <param name="Is">What is there now; absent for nothing.</param>
public sealed record DefinitionChangeView(string Pointer, RawJson? Was, RawJson? Is)
{
    /// <summary>The change as it is on the wire.</summary>
    public static DefinitionChangeView Of(DefinitionChange change) => new(change.Pointer, RawJson.Of(change.Was), RawJson.Of(change.Is));
}
