using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Tools.Commands;

/// <summary>Looks at git repositories in the workspace.</summary>
internal sealed class GitTools(GitRunner git)
{
    private const string Where = "The repository's folder in the workspace, or one within it. Left out: the workspace itself.";
    private const int LongestRevision = 200;

    [Tool("git_status", ReadOnly = true, Idempotent = true, Volatile = true, Tags = ["git"])]
    [Description("Shows the branch and the changed, staged and untracked files of a git repository in the session's workspace.")]
    public Task<GitOutput> StatusAsync(
        AIFunctionArguments call, [Description(Where)] string? path = null, CancellationToken cancellationToken = default) =>
        git.RunAsync(["status", "--porcelain=v1", "--branch", "--ignore-submodules=all"], path ?? ".", call, cancellationToken);

    [Tool("git_diff", ReadOnly = true, Idempotent = true, Volatile = true, Tags = ["git"])]
    [Description("Shows what was changed in a git repository in the session's workspace, as a unified diff.")]
    public Task<GitOutput> DiffAsync(
        AIFunctionArguments call,
        [Description(Where)] string? path = null,
        [Description("Compare what is staged instead of what is not yet.")] bool staged = false,
        [Description("Compare with this commit, branch, tag or range, such as HEAD~1 or main..topic.")]
        [MaxLength(LongestRevision)]
        string? revision = null,
        [Description("Only these files, relative to the path. Left out: all.")] IReadOnlyList<string>? files = null,
        CancellationToken cancellationToken = default)
    {
        string[] arguments =
        [
            "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=all", .. staged ? new[] { "--cached" } : [],
            .. Selection(revision, files),
        ];
        return git.RunAsync(arguments, path ?? ".", call, cancellationToken);
    }

    [Tool("git_log", ReadOnly = true, Idempotent = true, Volatile = true, Tags = ["git"])]
    [Description("Lists commits of a git repository in the session's workspace, newest first.")]
    public Task<GitOutput> LogAsync(
        AIFunctionArguments call,
        [Description(Where)] string? path = null,
        [Description("How many commits.")]
        [Range(1, 1_000)]
        int maxCount = 20,
        [Description("Begin at this commit, branch or tag, or list a range. Left out: what is checked out.")]
        [MaxLength(LongestRevision)]
        string? revision = null,
        [Description("Only commits that changed these files, relative to the path. Left out: all.")] IReadOnlyList<string>? files = null,
        CancellationToken cancellationToken = default)
    {
        string[] arguments =
        [
            "log", "--no-ext-diff", "--no-textconv", "--no-color", "--no-show-signature", "--date=iso-strict",
            "--format=%H %ad %an <%ae>%n    %s", "--max-count", maxCount.ToString(CultureInfo.InvariantCulture), .. Selection(revision, files),
        ];
        return git.RunAsync(arguments, path ?? ".", call, cancellationToken);
    }

    private static string[] Selection(string? revision, IReadOnlyList<string>? files)
    {
        if (revision is not null && (revision.Length == 0 || revision.StartsWith('-')))
            throw new ToolException("A revision is the name of a commit, branch or tag, and does not begin with '-'.");
        return [.. revision is null ? Array.Empty<string>() : [revision], "--", .. files ?? []];
    }
}
