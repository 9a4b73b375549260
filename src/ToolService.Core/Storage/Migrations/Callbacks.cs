using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

namespace ToolService.Core.Storage.Migrations;

/// <summary>Turns keep who is told of them, and what came of that.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class Callbacks : Migration
{
    public const string Id = "20261121000400_Callbacks";

    private string? Collation => ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("callback_url", "turns", nullable: true, collation: Collation);
        migrationBuilder.CreateTable(
            "callbacks",
            table => new
            {
                id = Text(table),
                turn_id = Text(table),
                turn_status = Text(table),
                round = table.Column<int>(nullable: false),
                status = Text(table),
                attempts = table.Column<int>(nullable: false),
                next_attempt_at = table.Column<long>(nullable: true),
                created_at = table.Column<long>(nullable: false),
                last_error = Text(table, nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_callbacks", row => row.id);
                table.ForeignKey("fk_callbacks_turns", row => row.turn_id, "turns", "id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ix_callbacks_turn_id", "callbacks", ["turn_id", "round", "turn_status"], unique: true);
        migrationBuilder.CreateIndex(
            "ix_callbacks_pending", "callbacks", ["next_attempt_at", "id"], filter: StorageContext.PendingCallbacks);
    }

    private OperationBuilder<AddColumnOperation> Text(ColumnsBuilder table, bool nullable = false) =>
        table.Column<string>(nullable: nullable, collation: Collation);
}
