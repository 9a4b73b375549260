using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Commands;

/// <summary>What a command changed in its workspace; of each kind at most so many are named.</summary>
/// <param name="Created">Files that were not there before.</param>
/// <param name="Changed">Files that are others now.</param>
/// <param name="Deleted">Files that are gone.</param>
internal sealed record ChangedFiles(IReadOnlyList<string> Created, IReadOnlyList<string> Changed, IReadOnlyList<string> Deleted)
{
    private const int MostNamed = 50;

    /// <summary>The files of a workspace as they are now.</summary>
    public static Dictionary<string, FileStatus> Look(Workspace workspace)
    {
        Dictionary<string, FileStatus> files = [];
        foreach (var entry in workspace.List(WorkspacePath.Parse("."), int.MaxValue).Take(workspace.Limits.MaxFiles + 1))
        {
            if (entry.Kind == FileKind.File)
                files[entry.Path] = entry.Status;
        }

        return files;
    }

    /// <summary>What differs; null where nothing does.</summary>
    public static ChangedFiles? Between(Dictionary<string, FileStatus> before, Dictionary<string, FileStatus> after)
    {
        ChangedFiles files = new(
            [.. after.Keys.Where(path => !before.ContainsKey(path)).Take(MostNamed)],
            [.. after.Where(file => before.TryGetValue(file.Key, out var was) && was.Version != file.Value.Version).Select(file => file.Key).Take(MostNamed)],
            [.. before.Keys.Where(path => !after.ContainsKey(path)).Take(MostNamed)]);
        return files.Created.Count + files.Changed.Count + files.Deleted.Count == 0 ? null : files;
    }
}
