using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>A parameter of an operation as the document says it, references resolved.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="In">
/// Where it goes: <c>path</c>, <c>query</c>, <c>header</c> or <c>cookie</c>; in Swagger 2.0 also <c>body</c> and <c>formData</c>.
/// </param>
/// <param name="Node">What it is.</param>
internal sealed record DeclaredParameter(string Name, string In, DocumentNode Node)
{
    public bool IsRequired => In == "path" || Node.Flag("required");
}
