using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>Confirmations keep the idempotency key of their decision, the definition that was shown, and in what it changed.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class DecisionKeys : Migration
{
    public const string Id = "20261121000350_DecisionKeys";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var collation = ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C";
        foreach (var column in (string[])["decision_key", "decision_hash", "changes"])
            migrationBuilder.AddColumn<string>(column, "confirmations", nullable: true, collation: collation);
        migrationBuilder.CreateTable(
            "tool_definitions",
            table => new
            {
                hash = table.Column<string>(collation: collation),
                definition = table.Column<string>(collation: collation),
            },
            constraints: table => table.PrimaryKey("pk_tool_definitions", row => row.hash));
    }
}
