using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ToolService.Core.Storage;

namespace ToolService.Core.Tests.Storage;

/// <summary>A database that can be out of reach.</summary>
internal sealed class FlakyDatabase(IDatabase inner) : IDatabase
{
    public bool IsDown { get; set; }

    public string Name => inner.Name;

    public string CountHistoryTables => inner.CountHistoryTables;

    public string Probe => inner.Probe;

    public void Prepare() => inner.Prepare();

    public DbConnection Open() => IsDown ? throw new IOException("The server is down.") : inner.Open();

    public DbTransaction BeginExclusive(DbConnection connection) => inner.BeginExclusive(connection);

    public void Configure(DbContextOptionsBuilder builder) => inner.Configure(builder);
}
