namespace ToolService.Core.Storage;

/// <summary>The databases that the service can keep its data in.</summary>
public enum StorageProvider
{
    /// <summary>A file beside the service; nothing to install. For one process.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server, version 13 or later.</summary>
    PostgreSql,
}
