using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>Sessions keep what of them the model is sent.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class SessionContextColumn : Migration
{
    public const string Id = "20261121000700_SessionContext";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>(
            "context", "sessions", nullable: true, collation: ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C");
}
