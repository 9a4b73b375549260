using System.Net;

namespace ToolService.Core.Tools.Http;

/// <summary>Where an answer sends its reader next.</summary>
internal static class Redirect
{
    /// <summary>The next URL; null where the answer is no redirect, or names no target and so is the answer itself.</summary>
    /// <exception cref="ToolException">The target gives up encryption.</exception>
    public static Uri? Target(Uri from, HttpResponseMessage response)
    {
        if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            return null;

        var target = location.IsAbsoluteUri ? location : new Uri(from, location);
        if (from.Scheme == Uri.UriSchemeHttps && target.Scheme == Uri.UriSchemeHttp)
            throw new ToolException($"'{from.Host}' redirects from https to http, which is not followed.");
        return target;
    }

    /// <summary>Whether both have the same scheme, host and port.</summary>
    public static bool IsSameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
