using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ToolService.Core.Storage.Migrations;

/// <summary>Sessions are found by what a client without sessions was shown of their conversation.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class TranscriptHashes : Migration
{
    public const string Id = "20261121000800_TranscriptHashes";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var collation = ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C";
        migrationBuilder.AddColumn<string>("transcript_hash", "sessions", nullable: true, collation: collation);
        migrationBuilder.CreateIndex(
            "ix_sessions_transcript_hash", "sessions", ["owner", "transcript_hash"], filter: "transcript_hash IS NOT NULL");
    }
}
