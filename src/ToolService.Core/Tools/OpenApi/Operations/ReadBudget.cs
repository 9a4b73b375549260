using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Bounds the work of following references: a large part of the document may be referred to from everywhere.</summary>
internal sealed class ReadBudget
{
    private long _left = OpenApiLimits.MaxReadBytes;

    /// <exception cref="OpenApiException">The work is done; what comes after is not read.</exception>
    public void Spend(DocumentNode node)
    {
        if (_left < 0)
            throw Exceeded();
        _left -= node.Size;
        if (_left < 0)
            throw Exceeded();
    }

    private static OpenApiException Exceeded() => new(
        $"The document's references lead to more than {OpenApiLimits.MaxReadBytes} bytes altogether; remove what is not needed.");
}
