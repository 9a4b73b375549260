using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>The service remembers that its operator stopped it.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class ServiceStates : Migration
{
    public const string Id = "20261121000300_ServiceState";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var collation = ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C";
        migrationBuilder.CreateTable(
            "service_state",
            table => new
            {
                name = table.Column<string>(collation: collation),
                is_stopped = table.Column<bool>(),
                since = table.Column<long>(),
                changed_by = table.Column<string>(nullable: true, collation: collation),
                reason = table.Column<string>(nullable: true, collation: collation),
            },
            constraints: table => table.PrimaryKey("pk_service_state", row => row.name));
    }
}
