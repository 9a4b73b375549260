using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>What clients were shown of a turn, event by event, and how often a turn's step was begun.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class TurnEvents : Migration
{
    public const string Id = "20261121000200_TurnEvents";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var collation = ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C";
        migrationBuilder.AddColumn<int>("attempts", "turns", nullable: false, defaultValue: 1);
        migrationBuilder.AddColumn<bool>("events_expired", "turns", nullable: false, defaultValue: false);
        migrationBuilder.CreateIndex("ix_turns_events", "turns", ["updated_at", "id"], filter: StorageContext.TurnsWithEvents);
        migrationBuilder.CreateTable(
            "turn_events",
            table => new
            {
                turn_id = table.Column<string>(nullable: false, collation: collation),
                sequence = table.Column<int>(nullable: false),
                type = table.Column<string>(nullable: false, collation: collation),
                subject = table.Column<string>(nullable: true, collation: collation),
                data = table.Column<string>(nullable: false, collation: collation),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_turn_events", row => new { row.turn_id, row.sequence });
                table.ForeignKey("fk_turn_events_turns", row => row.turn_id, "turns", "id", onDelete: ReferentialAction.Cascade);
            });
    }
}
