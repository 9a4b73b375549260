using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>Messages with which a session began have no turn.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class Imports : Migration
{
    public const string Id = "20261121000500_Imports";

    private const string Table = "session_messages";
    private const string Rebuilt = "session_messages_rebuilt";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true)
            Rebuild(migrationBuilder);
        else
            migrationBuilder.AlterColumn<string>(
                "turn_id", Table, nullable: true, collation: "C", oldClrType: typeof(string), oldCollation: "C");
    }

    // SQLite cannot change a column.
    private static void Rebuild(MigrationBuilder builder)
    {
        builder.CreateTable(
            Rebuilt,
            table => new
            {
                session_id = table.Column<string>(),
                position = table.Column<int>(),
                turn_id = table.Column<string>(nullable: true),
                created_at = table.Column<long>(),
                message = table.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_session_messages", row => new { row.session_id, row.position });
                table.ForeignKey("fk_session_messages_sessions", row => row.session_id, "sessions", "id", onDelete: ReferentialAction.Cascade);
            });
        builder.Sql($"INSERT INTO {Rebuilt} SELECT session_id, position, turn_id, created_at, message FROM {Table};");
        builder.DropTable(Table);
        builder.RenameTable(Rebuilt, newName: Table);
    }
}
