namespace ToolService.Core.Schema;

/// <summary>One violated keyword.</summary>
/// <param name="Pointer">JSON pointer to the offending value in the instance; empty for the whole instance.</param>
/// <param name="Keyword">The keyword that is violated, such as <c>required</c>.</param>
/// <param name="Message">One sentence for a person or a model: what was expected and what was found.</param>
/// <param name="SchemaPointer">JSON pointer to the keyword in the schema; in another document <c>uri#/pointer</c>.</param>
/// <param name="Expected">What the keyword asks for, such as <c>at least 3</c>; empty where no value was asked for.</param>
/// <param name="Got">What was found instead, shortened, such as <c>the number 2</c>.</param>
public sealed record SchemaError(string Pointer, string Keyword, string Message, string SchemaPointer, string Expected = "", string Got = "")
{
    /// <summary>How many further violations this entry stands for; 0 for a violation.</summary>
    internal int Unlisted { get; init; }
}
