using System.Text.Json;
using ToolService.Core.Execution.Repair;

namespace ToolService.Core.Execution;

/// <summary>Arguments after everything that they must satisfy.</summary>
/// <param name="Text">What the tool is given, as JSON text; with an error, what was sent.</param>
/// <param name="Value">The same, parsed; undefined with an error.</param>
/// <param name="Repairs">What was changed on the way.</param>
/// <param name="Error">Why the tool may not have them; null where it may.</param>
internal readonly record struct CheckedArguments(string Text, JsonElement Value, IReadOnlyList<ToolRepair> Repairs, ToolError? Error);
