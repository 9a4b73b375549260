using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>Tools and sources that were defined while the service ran, and the definitions under which sources' tools may be used.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class SourceDefinitions : Migration
{
    public const string Id = "20261121000900_SourceDefinitions";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var collation = ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C";
        migrationBuilder.CreateTable(
            "source_definitions",
            table => new
            {
                kind = table.Column<string>(collation: collation),
                name = table.Column<string>(collation: collation),
                definition = table.Column<string>(collation: collation),
                hash = table.Column<string>(collation: collation),
                created_at = table.Column<long>(),
                updated_at = table.Column<long>(),
                changed_by = table.Column<string>(collation: collation),
            },
            constraints: table => table.PrimaryKey("pk_source_definitions", row => new { row.kind, row.name }));
        migrationBuilder.CreateTable(
            "known_tools",
            table => new
            {
                source = table.Column<string>(collation: collation),
                name = table.Column<string>(collation: collation),
                definition_hash = table.Column<string>(collation: collation),
                definition = table.Column<string>(collation: collation),
                approved_at = table.Column<long>(),
                approved_by = table.Column<string>(nullable: true, collation: collation),
            },
            constraints: table => table.PrimaryKey("pk_known_tools", row => new { row.source, row.name }));
    }
}
