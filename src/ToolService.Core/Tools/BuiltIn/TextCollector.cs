using AngleSharp.Dom;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Walks an element and writes what a reader would see of it, without recursion.</summary>
internal sealed class TextCollector
{
    private readonly TextLayout _layout = new();
    private readonly Stack<(IElement Element, int Next)> _open = new();

    private TextCollector()
    {
    }

    public static string Collect(IElement root)
    {
        var collector = new TextCollector();
        collector.Walk(root);
        return collector._layout.ToString();
    }

    private void Walk(IElement root)
    {
        Enter(root);
        while (_open.TryPop(out var top))
        {
            if (top.Next == top.Element.ChildNodes.Length)
            {
                Leave(top.Element);
                continue;
            }

            _open.Push((top.Element, top.Next + 1));
            var child = top.Element.ChildNodes[top.Next];
            if (child is IText text)
                _layout.Text(text.Data);
            else if (child is IElement element && !PageElements.IsNoise(element))
                Enter(element);
        }
    }

    private void Enter(IElement element)
    {
        _layout.Break(PageElements.Breaks(element.LocalName));
        if (element.LocalName is "pre")
            _layout.Preformatted++;
        else if (element.LocalName is "td" or "th")
            _layout.Cell();
        else if (PageElements.Mark(element.LocalName) is { } mark)
            _layout.Mark(mark);
        _open.Push((element, 0));
    }

    private void Leave(IElement element)
    {
        if (element.LocalName is "pre")
            _layout.Preformatted--;
        if (PageElements.Mark(element.LocalName) is not null)
            _layout.Mark(null);
        _layout.Break(PageElements.Breaks(element.LocalName));
    }
}
