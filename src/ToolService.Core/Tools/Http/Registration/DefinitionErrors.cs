using ToolService.Core.Schema.Compilation;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>Gathers what is wrong with a definition, so that its author hears of everything at once.</summary>
internal sealed class DefinitionErrors
{
    private readonly List<DefinitionError> _errors = [];

    public IReadOnlyList<DefinitionError> All => _errors;

    /// <summary>The pointer to a member of something that a definition has.</summary>
    public static string At(string pointer, string member) => JsonPointer.Append(pointer, member);

    public void Add(string pointer, string message) => _errors.Add(new DefinitionError(pointer, message));

    public void AddIf(bool isWrong, string pointer, string message)
    {
        if (isWrong)
            Add(pointer, message);
    }
}
