using ToolService.Api.Hosting.Errors;
using ToolService.Core.Models;

namespace ToolService.Api.Completions;

/// <summary>The configured models, by their names here and at their providers.</summary>
internal sealed class CompletionModels(ModelRegistry models)
{
    /// <summary>Every name, sorted.</summary>
    public IReadOnlyList<string> Names => models.Names;

    /// <summary>The model with this name here, or the only one with it at its provider; the default one for null; null where there is none.</summary>
    public Model? Find(string? name) => models.Find(name) ?? (WithId(name) is [var only] ? only : null);

    /// <summary>The answer to a request for one that is not there.</summary>
    public ProblemResult Unknown(string? name) => Problems.Of(
        StatusCodes.Status404NotFound, "model_not_found",
        $"No model is configured as '{name}'; there are {string.Join(", ", models.Names)}.",
        [new ProblemError("/model", "enum", "No such model.")]);

    private List<Model> WithId(string? name) =>
        [.. models.Names.Select(known => models.Find(known)!).Where(model => model.ModelId == name)];
}
