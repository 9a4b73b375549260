using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace ToolService.Core.Storage.Migrations;

/// <summary>The first schema. Small columns come before large ones: SQLite reads a row from the left.</summary>
[DbContext(typeof(StorageContext))]
[Migration(Id)]
internal sealed class Initial : Migration
{
    public const string Id = "20261120000000_Initial";

    private string? Collation => ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? null : "C";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateCalls(migrationBuilder);
        CreateConfirmations(migrationBuilder);
        CreateSessions(migrationBuilder);
        CreateMessages(migrationBuilder);
        CreateTurns(migrationBuilder);
    }

    private void CreateCalls(MigrationBuilder builder)
    {
        builder.CreateTable(
            "calls",
            table => new
            {
                seq = table.Column<long>(nullable: false)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                call_id = Text(table),
                owner = Text(table),
                tool_name = Text(table),
                origin = Text(table),
                status = Text(table),
                created_at = table.Column<long>(nullable: false),
                completed_at = table.Column<long>(nullable: true),
                queue_time = table.Column<long>(nullable: false),
                execution_time = table.Column<long>(nullable: false),
                attempts = table.Column<int>(nullable: false),
                session_id = Text(table, nullable: true),
                turn_id = Text(table, nullable: true),
                confirmation_id = Text(table, nullable: true),
                decided_by = Text(table, nullable: true),
                definition_hash = Text(table, nullable: true),
                error_code = Text(table, nullable: true),
                error_retryable = table.Column<bool>(nullable: true),
                error_message = Text(table, nullable: true),
                error_details = Text(table, nullable: true),
                arguments = Text(table),
                result = Text(table, nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_calls", row => row.seq));
        builder.CreateIndex("ix_calls_call_id", "calls", ["call_id", "owner"], unique: true);
        builder.CreateIndex("ix_calls_created_at", "calls", ["created_at", "seq"]);
        builder.CreateIndex("ix_calls_owner", "calls", ["owner", "created_at", "seq"]);
        builder.CreateIndex("ix_calls_status", "calls", ["status", "created_at", "seq"]);
        builder.CreateIndex("ix_calls_tool_name", "calls", ["tool_name", "created_at", "seq", "status", "execution_time"]);
        builder.CreateIndex("ix_calls_session_id", "calls", ["session_id", "created_at", "seq"], filter: "session_id IS NOT NULL");
        builder.CreateIndex("ix_calls_turn_id", "calls", ["turn_id", "created_at", "seq"], filter: "turn_id IS NOT NULL");
    }

    private void CreateConfirmations(MigrationBuilder builder)
    {
        builder.CreateTable(
            "confirmations",
            table => new
            {
                id = Text(table),
                owner = Text(table),
                call_id = Text(table),
                tool_name = Text(table),
                definition_hash = Text(table),
                status = Text(table),
                session_id = Text(table, nullable: true),
                turn_id = Text(table, nullable: true),
                created_at = table.Column<long>(nullable: false),
                expires_at = table.Column<long>(nullable: false),
                decided_at = table.Column<long>(nullable: true),
                decided_by = Text(table, nullable: true),
                reason = Text(table, nullable: true),
                arguments = Text(table),
                original_arguments = Text(table, nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_confirmations", row => row.id));
        builder.CreateIndex("ix_confirmations_created_at", "confirmations", "created_at");
        builder.CreateIndex("ix_confirmations_owner", "confirmations", ["owner", "id"]);
        builder.CreateIndex("ix_confirmations_status", "confirmations", ["status", "id"]);
        builder.CreateIndex("ix_confirmations_turn_id", "confirmations", ["turn_id", "id"], filter: "turn_id IS NOT NULL");
    }

    private void CreateSessions(MigrationBuilder builder)
    {
        builder.CreateTable(
            "sessions",
            table => new
            {
                id = Text(table),
                owner = Text(table),
                model = Text(table, nullable: true),
                system_prompt = Text(table, nullable: true),
                active_turn_id = Text(table, nullable: true),
                message_count = table.Column<int>(nullable: false),
                created_at = table.Column<long>(nullable: false),
                updated_at = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("pk_sessions", row => row.id));
        builder.CreateIndex("ix_sessions_updated_at", "sessions", ["updated_at", "id"]);
        builder.CreateIndex("ix_sessions_owner", "sessions", ["owner", "updated_at", "id"]);
    }

    private void CreateMessages(MigrationBuilder builder) => builder.CreateTable(
        "session_messages",
        table => new
        {
            session_id = Text(table),
            position = table.Column<int>(nullable: false),
            turn_id = Text(table),
            created_at = table.Column<long>(nullable: false),
            message = Text(table),
        },
        constraints: table =>
        {
            table.PrimaryKey("pk_session_messages", row => new { row.session_id, row.position });
            table.ForeignKey("fk_session_messages_sessions", row => row.session_id, "sessions", "id", onDelete: ReferentialAction.Cascade);
        });

    private void CreateTurns(MigrationBuilder builder)
    {
        builder.CreateTable(
            "turns",
            table => new
            {
                id = Text(table),
                session_id = Text(table),
                owner = Text(table),
                status = Text(table),
                reason = Text(table, nullable: true),
                reason_message = Text(table, nullable: true),
                model = Text(table),
                tools = Text(table, nullable: true),
                system_prompt = Text(table, nullable: true),
                max_rounds = table.Column<int>(nullable: false),
                rounds = table.Column<int>(nullable: false),
                tool_calls = table.Column<int>(nullable: false),
                failing_rounds = table.Column<int>(nullable: false),
                input_tokens = table.Column<long>(nullable: false),
                output_tokens = table.Column<long>(nullable: false),
                reply = Text(table, nullable: true),
                created_at = table.Column<long>(nullable: false),
                deadline = table.Column<long>(nullable: false),
                updated_at = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("pk_turns", row => row.id);
                table.ForeignKey("fk_turns_sessions", row => row.session_id, "sessions", "id", onDelete: ReferentialAction.Cascade);
            });
        builder.CreateIndex("ix_turns_session_id", "turns", "session_id");
        builder.CreateIndex("ix_turns_unfinished", "turns", ["created_at", "id"], filter: StorageContext.UnfinishedTurns);
    }

    // PostgreSQL compares text by the database's locale unless told otherwise; ids sort by their bytes.
    private OperationBuilder<AddColumnOperation> Text(ColumnsBuilder table, bool nullable = false) =>
        table.Column<string>(nullable: nullable, collation: Collation);
}
