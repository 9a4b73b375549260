using System.Reflection.Emit;

namespace ToolService.Core.Schema.Generation;

/// <summary>Where the code for one value goes on, if not behind the value.</summary>
/// <param name="Ask">Where the value's evaluators are asked; the cursor must be at the value.</param>
/// <param name="No">Where the value is not valid; the cursor may be anywhere.</param>
internal readonly record struct VerdictExits(Label Ask, Label No);
