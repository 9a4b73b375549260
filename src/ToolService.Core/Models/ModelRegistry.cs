using System.Collections.Frozen;

namespace ToolService.Core.Models;

/// <summary>The configured models by name.</summary>
public sealed class ModelRegistry
{
    private readonly FrozenDictionary<string, Model> _models;

    /// <summary>Holds these models.</summary>
    /// <param name="models">All of them; names are unique.</param>
    /// <param name="defaultName">The one used when a request names none.</param>
    public ModelRegistry(IEnumerable<Model> models, string defaultName)
    {
        _models = models.ToFrozenDictionary(model => model.Name, StringComparer.Ordinal);
        Default = _models[defaultName];
    }

    /// <summary>The model used when a request names none.</summary>
    public Model Default { get; }

    /// <summary>Every name, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _models.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The model with this name, or the default one for null; null where there is none.</summary>
    public Model? Find(string? name) => name is null ? Default : _models.GetValueOrDefault(name);
}
