namespace ToolService.Core.Tools.Http.Operations;

/// <summary>An argument that is a member of the body.</summary>
/// <param name="Argument">The name of the tool's argument.</param>
/// <param name="Name">The member's name on the wire.</param>
public sealed record HttpBodyField(string Argument, string Name);
