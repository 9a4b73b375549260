namespace ToolService.Core.Tools.OpenApi.Reading;

/// <summary>What an anchor names, as JSON that was written.</summary>
/// <param name="Start">Where it begins, the comma before it included.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Height">How many levels it has.</param>
/// <param name="Values">How many names and values it has.</param>
internal sealed record YamlAnchor(int Start, int Length, int Height, int Values)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> written)
    {
        var json = written.Slice(Start, Length);
        return json[0] == ',' ? json[1..] : json;
    }
}
