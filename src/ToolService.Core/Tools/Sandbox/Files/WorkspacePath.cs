using System.Text;

namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>A path as a model writes it, taken apart: names below the workspace, none of which leads up or out.</summary>
internal sealed class WorkspacePath
{
    /// <summary>Where commands see the workspace; file tools take paths that begin with it, too.</summary>
    public const string Mount = "/workspace";

    private const int LongestPath = 1_024;
    private const int LongestName = 255;
    private const int MostNames = 64;

    private WorkspacePath(string[] names) => Names = names;

    /// <summary>The names from the workspace down; none for the workspace itself.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether it is the workspace itself.</summary>
    public bool IsRoot => Names.Count == 0;

    /// <summary>The folder it is in.</summary>
    public WorkspacePath Parent => new([.. Names.Take(Names.Count - 1)]);

    /// <summary>Reads a path. <c>.</c> and empty names are left out.</summary>
    /// <exception cref="ToolException">It is absolute, leads up, or holds what no path may.</exception>
    public static WorkspacePath Parse(string text)
    {
        if (text.Length > LongestPath)
            throw new ToolException($"The path is longer than {LongestPath} characters.");
        if (text.Any(char.IsControl))
            throw new ToolException("The path holds a control character.");

        var shown = text;
        if (text == Mount || text.StartsWith(Mount + '/', StringComparison.Ordinal))
            text = text[Mount.Length..].TrimStart('/');
        else if (text.StartsWith('/'))
            throw new ToolException($"'{shown}' is absolute; paths begin in the workspace, such as 'notes/plan.md'.");

        string[] names = [.. text.Split('/').Where(name => name is not ("" or "."))];
        if (names.Contains(".."))
            throw new ToolException($"'{shown}' leads up with '..'; paths begin in the workspace, such as 'notes/plan.md'.");
        if (names.Length > MostNames || names.Any(name => Encoding.UTF8.GetByteCount(name) > LongestName))
            throw FileFailure.For(FileFailure.NameTooLong, shown);
        return new WorkspacePath(names);
    }

    /// <summary>The path below the workspace, <c>.</c> for the workspace itself.</summary>
    public override string ToString() => IsRoot ? "." : string.Join('/', Names);
}
