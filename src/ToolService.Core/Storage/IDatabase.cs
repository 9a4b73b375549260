using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ToolService.Core.Storage;

/// <summary>What differs between the databases.</summary>
internal interface IDatabase
{
    /// <summary>The engine's name.</summary>
    string Name { get; }

    /// <summary>One row with the number of tables called <c>__EFMigrationsHistory</c>.</summary>
    string CountHistoryTables { get; }

    /// <summary>A statement that shows whether work is taken; on an embedded database, one that changes nothing and yet must reach the disk.</summary>
    string Probe { get; }

    /// <summary>Makes what must exist before a connection can be opened, such as a folder.</summary>
    void Prepare();

    /// <summary>A new, open connection, set up for use.</summary>
    DbConnection Open();

    /// <summary>Begins a transaction that no other process can hold at the same time; for changes of the schema.</summary>
    DbTransaction BeginExclusive(DbConnection connection);

    /// <summary>Lets EF Core read from it.</summary>
    void Configure(DbContextOptionsBuilder builder);
}
