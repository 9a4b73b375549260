namespace ToolService.Core.Tools.Http.Registration;

/// <summary>What of an answer becomes the tool's result.</summary>
public sealed record HttpToolResponse
{
    /// <summary>The JSON pointer of the part that is the result; null for the whole answer.</summary>
    public string? Pointer { get; init; }

    /// <summary>What the answer is read as. Default: what its content type says.</summary>
    public ResponseForm As { get; init; }

    /// <summary>The most bytes read of the answer; null uses <c>Http:MaxResponseBytes</c>, which also bounds this.</summary>
    public int? MaxBytes { get; init; }
}
