using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Reads HTML, also broken HTML, as text. No script runs and nothing further is loaded.</summary>
internal sealed class PageReader(TimeProvider time)
{
    private const int LeastContent = 200;

    // The parser takes time that grows with the square of the nesting: without a limit, a page of 2 MB could keep it busy for minutes.
    private static readonly TimeSpan ParseLimit = TimeSpan.FromSeconds(2);

    /// <exception cref="ToolException">The page is built so that it cannot be parsed in reasonable time.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public PageText Read(string html, CancellationToken cancellationToken)
    {
        using var document = Parse(html, cancellationToken);
        IElement? title = null, main = null;
        var links = 0;
        foreach (var element in Elements(document))
        {
            title ??= element is IHtmlTitleElement ? element : null;
            main ??= element.LocalName is "main" or "article" || element.GetAttribute("role") == "main" ? element : null;
            links += element is IHtmlAnchorElement && element.HasAttribute("href") ? 1 : 0;
        }

        return new PageText(title is null ? null : TextCollector.Collect(title), Content(document, main), links);
    }

    // The part that calls itself the main one is taken, unless it is but a frame around nothing.
    private static string Content(IDocument document, IElement? main)
    {
        var content = main is null ? "" : TextCollector.Collect(main);
        if (content.Length >= LeastContent || document.Body is not { } body)
            return content;

        var all = TextCollector.Collect(body);
        return content.Length > 0 && all.Length < LeastContent ? content : all;
    }

    private IHtmlDocument Parse(string html, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var options = new HtmlParserOptions
        {
            OnCreated = (_, _) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (time.GetElapsedTime(start) > ParseLimit)
                    throw new ToolException("The page is nested so deeply that it cannot be read.");
            },
        };
        return new HtmlParser(options).ParseDocument(html);
    }

    // Not recursive: pages decide how deep they nest, and a stack overflow would end the service.
    private static IEnumerable<IElement> Elements(IDocument document)
    {
        var rest = new Stack<INode>(document.ChildNodes.Reverse());
        while (rest.TryPop(out var node))
        {
            if (node is not IElement element)
                continue;
            yield return element;
            for (var i = element.ChildNodes.Length - 1; i >= 0; i--)
                rest.Push(element.ChildNodes[i]);
        }
    }
}
