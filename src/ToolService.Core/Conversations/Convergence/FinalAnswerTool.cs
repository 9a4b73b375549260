using System.ComponentModel;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>The tool by whose call a model ends a turn, for models that find it easier to call than to stop calling.</summary>
internal sealed class FinalAnswerTool : ITurnTool
{
    public const string Name = "final_answer";

    /// <inheritdoc/>
    public Tool Tool { get; } = new(
        ToolFactory.FromMethod(
            Give, Name, "Gives the user your final answer and ends your work. Call it when you need no other tool any more.").Function,
        new ToolPolicy { ReadOnly = true, Volatile = true, Repair = true },
        ToolCatalog.TurnSource);

    /// <inheritdoc/>
    public bool IsOffered(TurnState state) => state.Turn.Settings.ResponseSchema is null;

    private static string Give([Description("The whole answer, as the user is to read it.")] string answer) =>
        string.IsNullOrWhiteSpace(answer)
            ? throw new ToolException("The answer is empty. Call final_answer with the text for the user.")
            : "Taken.";
}
