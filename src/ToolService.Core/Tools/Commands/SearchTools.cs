using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Commands;

/// <summary>Searches the files of the workspace.</summary>
internal sealed class SearchTools(Workspaces workspaces, TimeProvider time)
{
    private const int LongestLine = 500;
    private const int LongestQuery = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Tool("search_files", ReadOnly = true, Idempotent = true, Volatile = true, Tags = ["files"])]
    [Description("Finds the lines in text files of the session's workspace that hold a text or match a regular expression.")]
    public SearchMatches SearchFiles(
        AIFunctionArguments call,
        [Description("The text, or the regular expression.")]
        [MinLength(1)]
        [MaxLength(LongestQuery)]
        string query,
        [Description("The query is a regular expression (.NET, without lookarounds and backreferences).")] bool regex = false,
        [Description("Upper and lower case are the same.")] bool ignoreCase = false,
        [Description("Search in this folder or file. Left out: the whole workspace.")] string? path = null,
        [Description("Only files whose path matches: * is any text, such as *.py. Left out: all.")]
        [MaxLength(LongestQuery)]
        string? files = null,
        [Description("How many lines at most.")]
        [Range(1, 1_000)]
        int maxMatches = 100,
        CancellationToken cancellationToken = default)
    {
        var pattern = Pattern(regex ? query : Regex.Escape(query), ignoreCase);
        var started = time.GetTimestamp();
        using var workspace = workspaces.Of(call);
        List<SearchMatch> matches = [];
        var (searched, skipped) = (0, 0);
        foreach (var entry in workspace.List(WorkspacePath.Parse(path ?? "."), int.MaxValue).Where(entry => IsMeant(entry, files)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(started) > Patience)
                return new SearchMatches(matches, searched, skipped, Truncated: true);
            if (TryRead(workspace, entry) is not { } text)
            {
                skipped++;
                continue;
            }

            searched++;
            foreach (var match in Find(pattern, entry.Path, text))
            {
                if (matches.Count == maxMatches)
                    return new SearchMatches(matches, searched, skipped, Truncated: true);
                matches.Add(match);
            }
        }

        return new SearchMatches(matches, searched, skipped, Truncated: false);
    }

    // Takes time linear in the text, whatever the expression.
    private static Regex Pattern(string expression, bool ignoreCase)
    {
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : 0);
        try
        {
            return new Regex(expression, options, Patience);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ToolException($"The regular expression cannot be used: {e.Message}");
        }
    }

    private static bool IsMeant(WorkspaceEntry entry, string? files) =>
        entry.Kind == FileKind.File
        && (files is null || Glob.Matches<char, char>(files, entry.Path, part => part == '*', (part, character) => part == character));

    // What vanished, was swapped, is too large or no text is not searched.
    private static string? TryRead(Workspace workspace, WorkspaceEntry entry)
    {
        try
        {
            return FileContent.TryDecode(workspace.Read(WorkspacePath.Parse(entry.Path)).Content);
        }
        catch (ToolException)
        {
            return null;
        }
    }

    private static IEnumerable<SearchMatch> Find(Regex pattern, string path, string text)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (IsMatch(pattern, line))
                yield return new SearchMatch(path, number, line.Length > LongestLine ? $"{line[..LongestLine]}…" : line.TrimEnd('\r'));
        }
    }

    private static bool IsMatch(Regex pattern, string line)
    {
        try
        {
            return pattern.IsMatch(line);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ToolException("The regular expression takes too long; use a simpler one.", e);
        }
    }
}
