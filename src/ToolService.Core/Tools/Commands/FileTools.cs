using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Commands;

/// <summary>Lists, reads, writes and edits files of the workspace.</summary>
internal sealed class FileTools(Workspaces workspaces)
{
    private const int MostCharacters = 200_000;
    private const string OnePath = "The file in the workspace, such as src/main.py.";

    [Tool("list_files", ReadOnly = true, Idempotent = true, Volatile = true, Tags = ["files"])]
    [Description("Lists files and folders of the session's workspace.")]
    public FileListing ListFiles(
        AIFunctionArguments call,
        [Description("The folder. Left out: the workspace itself.")] string? path = null,
        [Description("Also list what is in its folders, and in theirs.")] bool recursive = false,
        [Description("How many entries at most.")]
        [Range(1, 10_000)]
        int maxEntries = 500)
    {
        using var workspace = workspaces.Of(call);
        var start = WorkspacePath.Parse(path ?? ".");
        var found = workspace.List(start, recursive ? int.MaxValue : 1).Take(maxEntries + 1).ToList();
        return new FileListing(start.ToString(), [.. found.Take(maxEntries).Select(Listed)], found.Count > maxEntries);
    }

    [Tool("read_file", ReadOnly = true, Idempotent = true, Volatile = true, Tags = ["files"])]
    [Description("Returns the text of a file in the session's workspace, whole or some of its lines.")]
    public FileLines ReadFile(
        AIFunctionArguments call,
        [Description(OnePath)] string path,
        [Description("The first line, counted from 1.")]
        [Range(1, int.MaxValue)]
        int startLine = 1,
        [Description("How many lines at most.")]
        [Range(1, 100_000)]
        int maxLines = 2_000)
    {
        using var workspace = workspaces.Of(call);
        var place = WorkspacePath.Parse(path);
        var file = workspace.Read(place);
        var lines = FileContent.Decode(file.Content, path).TrimStart('\uFEFF').Split('\n');
        var total = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        var text = new StringBuilder();
        var taken = 0;
        for (var i = startLine - 1; i < total && taken < maxLines && (taken == 0 || text.Length + lines[i].Length < MostCharacters); i++, taken++)
            text.Append(lines[i].AsSpan(0, Math.Min(lines[i].Length, MostCharacters))).Append(i < lines.Length - 1 ? "\n" : "");
        return new FileLines(place.ToString(), text.ToString(), startLine, taken, total, startLine - 1 + taken < total, file.Content.Length);
    }

    [Tool("write_file", Idempotent = true, Destructive = true, Tags = ["files"])]
    [Description("Writes a text file in the session's workspace, in place of the one that may be there. Missing folders are made.")]
    public WrittenFile WriteFile(
        AIFunctionArguments call, [Description(OnePath)] string path, [Description("The file's whole text.")] string content)
    {
        using var workspace = workspaces.Of(call);
        var place = WorkspacePath.Parse(path);
        var bytes = Encoding.UTF8.GetBytes(content);
        var replaced = workspace.Write(place, bytes);
        return new WrittenFile(place.ToString(), bytes.Length, !replaced);
    }

    [Tool("edit_file", Destructive = true, Tags = ["files"])]
    [Description("Replaces a text in a file of the session's workspace. The text must be in the file exactly as given, spaces and line breaks "
        + "included, and only once, unless all of them are to be replaced.")]
    public EditedFile EditFile(
        AIFunctionArguments call,
        [Description(OnePath)] string path,
        [Description("The text to be replaced, with enough around it to be the only one.")]
        [MinLength(1)]
        string oldText,
        [Description("What takes its place; empty to delete it.")] string newText,
        [Description("Replace every occurrence.")] bool replaceAll = false)
    {
        using var workspace = workspaces.Of(call);
        var place = WorkspacePath.Parse(path);
        var file = workspace.Read(place);
        var text = FileContent.Decode(file.Content, path);
        var count = Count(text, oldText);
        if (count == 0)
            throw new ToolException($"'{path}' does not hold this text; read the file and give the text exactly as it is there.");
        if (count > 1 && !replaceAll)
            throw new ToolException($"'{path}' holds this text {count} times; give more of what is around it, or set replace_all.");

        var bytes = Encoding.UTF8.GetBytes(text.Replace(oldText, newText, StringComparison.Ordinal));
        workspace.Write(place, bytes, file.Status);
        return new EditedFile(place.ToString(), count, bytes.Length);
    }

    private static ListedFile Listed(WorkspaceEntry entry) =>
        new(entry.Path, entry.Kind.ToString().ToLowerInvariant(), entry.Kind == FileKind.File ? entry.Status.Size : null);

    private static int Count(string text, string part)
    {
        var count = 0;
        for (var at = 0; (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += part.Length)
            count++;
        return count;
    }
}
