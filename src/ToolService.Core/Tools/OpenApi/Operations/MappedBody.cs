using ToolService.Core.Tools.Http.Operations;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>A request body as the tool has it, and as the request has it.</summary>
internal sealed record MappedBody(HttpBody Http, ToolArgument Argument);
