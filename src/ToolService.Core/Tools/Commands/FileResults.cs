namespace ToolService.Core.Tools.Commands;

/// <summary>A folder's entries.</summary>
internal sealed record FileListing(string Path, IReadOnlyList<ListedFile> Entries, bool Truncated);

/// <summary>One of them; <c>file</c>, <c>folder</c>, <c>link</c> or <c>special</c>.</summary>
internal sealed record ListedFile(string Path, string Type, long? SizeBytes);

/// <summary>A part of a file, in lines.</summary>
internal sealed record FileLines(string Path, string Content, int StartLine, int Lines, int TotalLines, bool Truncated, long SizeBytes);

/// <summary>A file that was written.</summary>
internal sealed record WrittenFile(string Path, long SizeBytes, bool Created);

/// <summary>A file that was edited.</summary>
internal sealed record EditedFile(string Path, int Replacements, long SizeBytes);

/// <summary>What a search found.</summary>
internal sealed record SearchMatches(IReadOnlyList<SearchMatch> Matches, int FilesSearched, int FilesSkipped, bool Truncated);

/// <summary>A line that matches.</summary>
internal sealed record SearchMatch(string Path, int Line, string Text);
