using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>Confirmations hold the questions of running tools, and their answers.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class Elicitations : Migration
{
    public const string Id = "20261121000950_Elicitations";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var collation = ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C";
        foreach (var column in (string[])["question", "answer_schema", "answer"])
            migrationBuilder.AddColumn<string>(column, "confirmations", nullable: true, collation: collation);
    }
}
