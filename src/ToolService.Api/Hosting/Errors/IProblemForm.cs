using System.Text.Json;

namespace ToolService.Api.Hosting.Errors;

/// <summary>Endpoint metadata: the form in which an endpoint's problems are answered, where it is not this service's own.</summary>
internal interface IProblemForm
{
    /// <summary>The media type.</summary>
    string MediaType { get; }

    /// <summary>What a body is, for the documentation.</summary>
    Type BodyType { get; }

    /// <summary>The body.</summary>
    byte[] Write(Problem problem, JsonSerializerOptions options);
}
