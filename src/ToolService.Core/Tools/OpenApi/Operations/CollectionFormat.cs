using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Swagger 2.0's way to say how a list is written.</summary>
internal static class CollectionFormat
{
    /// <exception cref="OpenApiException">The format is not supported.</exception>
    public static (ParameterStyle Style, bool Explode) Of(DocumentNode parameter, HttpPlace place) =>
        (parameter.TextOrNull("collectionFormat") ?? "csv", place) switch
        {
            ("csv", HttpPlace.Query or HttpPlace.Cookie) => (ParameterStyle.Form, false),
            ("csv", _) => (ParameterStyle.Simple, false),
            ("multi", HttpPlace.Query) => (ParameterStyle.Form, true),
            ("ssv", HttpPlace.Query) => (ParameterStyle.SpaceDelimited, false),
            ("pipes", HttpPlace.Query) => (ParameterStyle.PipeDelimited, false),
            var (other, _) => throw parameter.Refuse(
                $"The collectionFormat '{JsonDisplay.Shorten(other)}' is not supported in the {place.ToString().ToLowerInvariant()}."),
        };
}
