using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>Turns keep how their model is asked, what they remember from round to round, and what they cost.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class TurnSettingColumns : Migration
{
    public const string Id = "20261121000600_TurnSettingColumns";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var collation = ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C";
        migrationBuilder.AddColumn<string>("settings", "turns", nullable: true, collation: collation);
        migrationBuilder.AddColumn<string>("progress", "turns", nullable: true, collation: collation);
        migrationBuilder.AddColumn<double>("cost", "turns", nullable: true);
    }
}
