namespace ToolService.Core.Tools.BuiltIn;

internal sealed record IpifyAnswer(string? Ip);
