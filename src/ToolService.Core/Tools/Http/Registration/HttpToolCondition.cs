namespace ToolService.Core.Tools.Http.Registration;

/// <summary>What must hold of the tool as it is for a change to be made; the default asks for nothing.</summary>
/// <param name="Hashes">The definition must have one of these hashes; null for any or none.</param>
/// <param name="MustExist">There must be a tool of the name.</param>
/// <param name="MustNotExist">There must be none.</param>
public readonly record struct HttpToolCondition(IReadOnlyList<string>? Hashes, bool MustExist = false, bool MustNotExist = false)
{
    internal bool Holds(string? hash) =>
        hash is null ? Hashes is null && !MustExist : !MustNotExist && (Hashes is null || Hashes.Contains(hash));
}
