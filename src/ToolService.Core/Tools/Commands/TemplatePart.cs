namespace ToolService.Core.Tools.Commands;

/// <summary>A part of a template.</summary>
/// <param name="Text">The text itself, or the name of the argument that takes its place.</param>
/// <param name="IsArgument">Whether it is a name.</param>
internal readonly record struct TemplatePart(string Text, bool IsArgument);
