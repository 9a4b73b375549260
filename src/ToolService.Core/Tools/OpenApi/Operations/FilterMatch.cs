using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>A filter, ready to be asked about many operations.</summary>
internal sealed class FilterMatch
{
    private const int MostEntries = 100;
    private const int LongestEntry = 500;

    private readonly OpenApiFilter _filter;
    private readonly Wildcard[] _paths;
    private readonly Wildcard[] _operationIds;

    /// <exception cref="OpenApiException">The filter has too many entries, or too long ones.</exception>
    public FilterMatch(OpenApiFilter filter, string name)
    {
        foreach (var entries in (IReadOnlyList<string>[])[filter.Tags, filter.Paths, filter.OperationIds, filter.Methods])
        {
            if (entries.Count > MostEntries)
                throw new OpenApiException(
                    $"'{name}' has a list of {entries.Count} entries; at most {MostEntries} are allowed, and '*' stands for many.");
            if (entries.FirstOrDefault(entry => entry.Length is 0 or > LongestEntry) is { } wrong)
                throw new OpenApiException($"'{JsonDisplay.Shorten(wrong)}' in '{name}' must have 1 to {LongestEntry} characters.");
        }

        _filter = filter;
        _paths = [.. filter.Paths.Select(path => new Wildcard(path, StringComparison.Ordinal))];
        _operationIds = [.. filter.OperationIds.Select(id => new Wildcard(id, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>For each kind that the filter has, whether the operation matches it.</summary>
    public IEnumerable<bool> Of(DeclaredOperation operation)
    {
        if (_filter.Tags.Count > 0)
            yield return _filter.Tags.Any(tag => operation.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase));
        if (_paths.Length > 0)
            yield return _paths.Any(path => path.Matches(operation.Path));
        if (_operationIds.Length > 0)
            yield return operation.OperationId is { } id && _operationIds.Any(pattern => pattern.Matches(id));
        if (_filter.Methods.Count > 0)
            yield return _filter.Methods.Contains(operation.Method, StringComparer.OrdinalIgnoreCase);
    }
}
