using System.Security.Cryptography;
using System.Text;
using ToolService.Core.Schema.Compilation;
using ToolService.Core.Tools.OpenApi.Operations;

namespace ToolService.Core.Tools.OpenApi.Schemas;

/// <summary>
/// The name that a schema has among a tool's <c>$defs</c>: that of the component where it is one. It depends on the pointer alone, so
/// that it is the same in each tool.
/// </summary>
internal static class DefinitionName
{
    private const int LongestName = 80;

    private static readonly string[] Components = ["/components/schemas/", "/definitions/"];

    public static string Of(string pointer)
    {
        var token = JsonPointer.Unescape(pointer[(pointer.LastIndexOf('/') + 1)..]);
        var name = NameText.Collapse(token, c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
        if (name == token && name.Length is > 0 and <= LongestName && Components.Any(components => pointer == components + token))
            return name;
        // No component that keeps its name has a '~' in it, so the two kinds never meet.
        var ending = "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(pointer)))[..16];
        return name[..Math.Min(name.Length, LongestName)] + ending;
    }
}
