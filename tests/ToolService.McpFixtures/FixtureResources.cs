using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ToolService.McpFixtures;

internal static class FixtureResources
{
    public static IEnumerable<McpServerResource> All =>
    [
        Resource("test://static-text", "static_text", "text/plain", () => "This is the content of the static text resource."),
        Resource(
            "test://static-binary", "static_binary", Files.Png,
            () => BlobResourceContents.FromBytes(Files.RedPixel, "test://static-binary", Files.Png)),
        Resource("test://watched-resource", "watched_resource", "text/plain", () => "Watched."),
        Resource(
            "test://template/{id}/data", "template", "application/json",
            (string id) => $$"""{"id":"{{id}}","templateTest":true,"data":"Data for ID: {{id}}"}"""),
    ];

    private static McpServerResource Resource(string uri, string name, string type, Delegate method) => McpServerResource.Create(
        method, new McpServerResourceCreateOptions { UriTemplate = uri, Name = name, Description = $"The resource {name}.", MimeType = type });
}
