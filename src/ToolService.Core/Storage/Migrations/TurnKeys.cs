using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>Turns keep the idempotency key of their request, and what it asked for.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class TurnKeys : Migration
{
    public const string Id = "20261121000100_TurnKeys";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var collation = ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C";
        migrationBuilder.AddColumn<string>("idempotency_key", "turns", nullable: true, collation: collation);
        migrationBuilder.AddColumn<string>("request_hash", "turns", nullable: true, collation: collation);
        migrationBuilder.CreateIndex(
            "ix_turns_idempotency_key", "turns", ["owner", "idempotency_key"], unique: true, filter: "idempotency_key IS NOT NULL");
    }
}
