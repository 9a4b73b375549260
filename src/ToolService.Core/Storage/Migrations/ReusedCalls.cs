using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>Calls keep whose result answered them, where their tool did not run.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class ReusedCalls : Migration
{
    public const string Id = "20261121000650_ReusedCalls";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>(
            "reused_from", "calls", nullable: true,
            collation: ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C");
}
