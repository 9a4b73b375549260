using System.Diagnostics.CodeAnalysis;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Resolves references against base URIs; bases without a hierarchy, such as URNs, take absolute references only.</summary>
internal static class SchemaUri
{
    /// <summary>The base of a document that does not name itself.</summary>
    public static readonly Uri Unnamed = new("schema://unnamed/");

    /// <summary>Resolves a reference without a fragment.</summary>
    public static bool TryResolve(Uri baseUri, string reference, [NotNullWhen(true)] out Uri? uri)
    {
        if (reference.Length == 0)
        {
            uri = baseUri;
            return true;
        }

        // On Unix a reference such as "/a" would be taken for an absolute file path.
        if (!reference.StartsWith('/') && Uri.TryCreate(reference, UriKind.Absolute, out uri))
            return true;
        uri = null;
        return baseUri.AbsolutePath.StartsWith('/') && Uri.TryCreate(reference, UriKind.Relative, out var relative)
            && Uri.TryCreate(baseUri, relative, out uri);
    }
}
