namespace ToolService.Core.Storage;

/// <summary>Where the history, the confirmations and the sessions are kept: <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>The database. Default <see cref="StorageProvider.Sqlite"/>.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>
    /// How to reach it, in the provider's own form. Default <c>Data Source=data/toolservice.db</c>. A relative SQLite path starts at the
    /// directory in which the service was started, and its folder is created. May hold a password, so it is never logged and never part of an error.
    /// </summary>
    public string ConnectionString { get; set; } = "Data Source=data/toolservice.db";

    /// <summary>
    /// How long an ended call stays in the history, as <c>days.hours:minutes:seconds</c>; at least one minute. Default: forever. A call
    /// that is forgotten may be run again under its id.
    /// </summary>
    public TimeSpan? HistoryRetention { get; set; }
}
