using System.Collections.Frozen;
using AngleSharp.Dom;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>What HTML's elements mean for a page as text.</summary>
internal static class PageElements
{
    private static readonly FrozenSet<string> Noise = FrozenSet.ToFrozenSet(
    [
        "script", "style", "noscript", "template", "nav", "aside", "footer", "menu", "dialog", "svg", "canvas", "iframe", "object",
        "video", "audio", "button", "select", "textarea", "datalist", "head",
    ]);

    private static readonly FrozenSet<string> Paragraphs = FrozenSet.ToFrozenSet(
    [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "section", "article", "figure", "hr",
    ]);

    private static readonly FrozenSet<string> Lines = FrozenSet.ToFrozenSet(
    [
        "div", "li", "tr", "br", "dt", "dd", "main", "header", "form", "fieldset", "address", "details", "summary",
        "figcaption", "caption", "body",
    ]);

    /// <summary>Whether it is part of the page's furniture, or hidden.</summary>
    public static bool IsNoise(IElement element) =>
        Noise.Contains(element.LocalName)
        || element.HasAttribute("hidden")
        || element.GetAttribute("aria-hidden") == "true"
        || element.GetAttribute("role") is "navigation" or "search" or "contentinfo";

    /// <summary>How many line breaks stand before and after it.</summary>
    public static int Breaks(string name) => Paragraphs.Contains(name) ? 2 : Lines.Contains(name) ? 1 : 0;

    /// <summary>What marks its first line; null for nothing.</summary>
    public static string? Mark(string name) => name switch
    {
        "li" => "- ",
        ['h', >= '1' and <= '6' and var level] => new string('#', level - '0') + " ",
        _ => null,
    };
}
