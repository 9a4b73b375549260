using ToolService.Core.Tools.Http.Operations;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>A parameter as the tool has it, and as the request has it.</summary>
internal sealed record MappedParameter(HttpParameter Http, ToolArgument Argument);
