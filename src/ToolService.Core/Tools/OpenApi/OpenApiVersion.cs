namespace ToolService.Core.Tools.OpenApi;

/// <summary>The versions of the standard that are read.</summary>
internal enum OpenApiVersion
{
    Swagger20,
    V30,
    V31,
    V32,
}
