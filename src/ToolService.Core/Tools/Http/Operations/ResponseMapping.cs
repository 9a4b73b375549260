namespace ToolService.Core.Tools.Http.Operations;

/// <summary>What of an HTTP answer becomes the tool's result.</summary>
public sealed record ResponseMapping
{
    /// <summary>The JSON pointer of the part that is the result; null for the whole answer.</summary>
    public string? Pointer { get; init; }

    /// <summary>Whether the answer is given as text also where it is JSON. Default false.</summary>
    public bool AsText { get; init; }

    /// <summary>The most bytes read of the answer; null uses <c>Http:MaxResponseBytes</c>, which also bounds this.</summary>
    public int? MaxBytes { get; init; }
}
