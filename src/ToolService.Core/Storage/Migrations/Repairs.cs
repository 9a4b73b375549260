using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>Calls keep what was changed in their arguments.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class Repairs : Migration
{
    public const string Id = "20261121000000_Repairs";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>(
            "repairs", "calls", nullable: true, collation: ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C");
}
