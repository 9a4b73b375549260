using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using ToolService.Core.Storage.Rows;

namespace ToolService.Core.Storage;

/// <summary>Reads the tables. Nothing is written through it: see <see cref="Writing.WriteQueue"/>.</summary>
internal sealed class StorageContext(DbContextOptions<StorageContext> options) : DbContext(options)
{
    /// <summary>Which turns have not ended, in the words of the partial index that finds them.</summary>
    public const string UnfinishedTurns = "status IN ('queued', 'running', 'awaiting_confirmation')";

    /// <summary>Which turns have ended and still have their events, in the words of the partial index that finds them.</summary>
    public const string TurnsWithEvents = "NOT events_expired AND status NOT IN ('queued', 'running', 'awaiting_confirmation')";

    /// <summary>Which callbacks are to be sent, in the words of the partial index that finds them.</summary>
    public const string PendingCallbacks = "status = 'pending'";

    public DbSet<CallRow> Calls => Set<CallRow>();

    public DbSet<ConfirmationRow> Confirmations => Set<ConfirmationRow>();

    public DbSet<DefinitionRow> Definitions => Set<DefinitionRow>();

    public DbSet<ServiceStateRow> ServiceStates => Set<ServiceStateRow>();

    public DbSet<SourceDefinitionRow> SourceDefinitions => Set<SourceDefinitionRow>();

    public DbSet<KnownToolRow> KnownTools => Set<KnownToolRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<MessageRow> Messages => Set<MessageRow>();

    public DbSet<TurnRow> Turns => Set<TurnRow>();

    public DbSet<TurnEventRow> TurnEvents => Set<TurnEventRow>();

    public DbSet<CallbackRow> Callbacks => Set<CallbackRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ConfigureHistory(modelBuilder);
        ConfigureConversations(modelBuilder);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
            ConfigureColumn(property);
    }

    private static void ConfigureHistory(ModelBuilder builder)
    {
        builder.Entity<CallRow>(calls =>
        {
            calls.ToTable("calls").HasKey(call => call.Seq).HasName("pk_calls");
            calls.HasIndex(call => new { call.CallId, call.Owner }, "ix_calls_call_id").IsUnique();
            calls.HasIndex(call => new { call.CreatedAt, call.Seq }, "ix_calls_created_at");
            calls.HasIndex(call => new { call.Owner, call.CreatedAt, call.Seq }, "ix_calls_owner");
            calls.HasIndex(call => new { call.Status, call.CreatedAt, call.Seq }, "ix_calls_status");
            calls.HasIndex(call => new { call.ToolName, call.CreatedAt, call.Seq, call.Status, call.ExecutionTime }, "ix_calls_tool_name");
            calls.HasIndex(call => new { call.SessionId, call.CreatedAt, call.Seq }, "ix_calls_session_id")
                .HasFilter("session_id IS NOT NULL");
            calls.HasIndex(call => new { call.TurnId, call.CreatedAt, call.Seq }, "ix_calls_turn_id").HasFilter("turn_id IS NOT NULL");
        });
        builder.Entity<ConfirmationRow>(confirmations =>
        {
            confirmations.ToTable("confirmations").HasKey(confirmation => confirmation.Id).HasName("pk_confirmations");
            confirmations.HasIndex(confirmation => confirmation.CreatedAt, "ix_confirmations_created_at");
            confirmations.HasIndex(confirmation => new { confirmation.Owner, confirmation.Id }, "ix_confirmations_owner");
            confirmations.HasIndex(confirmation => new { confirmation.Status, confirmation.Id }, "ix_confirmations_status");
            confirmations.HasIndex(confirmation => new { confirmation.TurnId, confirmation.Id }, "ix_confirmations_turn_id")
                .HasFilter("turn_id IS NOT NULL");
        });
        builder.Entity<DefinitionRow>().ToTable("tool_definitions").HasKey(definition => definition.Hash).HasName("pk_tool_definitions");
        builder.Entity<SourceDefinitionRow>().ToTable("source_definitions").HasKey(definition => new { definition.Kind, definition.Name })
            .HasName("pk_source_definitions");
        builder.Entity<KnownToolRow>().ToTable("known_tools").HasKey(tool => new { tool.Source, tool.Name }).HasName("pk_known_tools");
        builder.Entity<ServiceStateRow>().ToTable("service_state").HasKey(state => state.Name).HasName("pk_service_state");
    }

    private static void ConfigureConversations(ModelBuilder builder)
    {
        builder.Entity<SessionRow>(sessions =>
        {
            sessions.ToTable("sessions").HasKey(session => session.Id).HasName("pk_sessions");
            sessions.HasIndex(session => new { session.UpdatedAt, session.Id }, "ix_sessions_updated_at");
            sessions.HasIndex(session => new { session.Owner, session.UpdatedAt, session.Id }, "ix_sessions_owner");
            sessions.HasIndex(session => new { session.Owner, session.TranscriptHash }, "ix_sessions_transcript_hash")
                .HasFilter("transcript_hash IS NOT NULL");
        });
        builder.Entity<MessageRow>(messages =>
        {
            messages.ToTable("session_messages").HasKey(message => new { message.SessionId, message.Position })
                .HasName("pk_session_messages");
            messages.HasOne<SessionRow>().WithMany().HasForeignKey(message => message.SessionId)
                .HasConstraintName("fk_session_messages_sessions");
        });
        builder.Entity<TurnRow>(turns =>
        {
            turns.ToTable("turns").HasKey(turn => turn.Id).HasName("pk_turns");
            turns.Property(turn => turn.Attempts).HasDefaultValue(1);
            turns.Property(turn => turn.EventsExpired).HasDefaultValue(false);
            turns.HasIndex(turn => turn.SessionId, "ix_turns_session_id");
            turns.HasIndex(turn => new { turn.Owner, turn.IdempotencyKey }, "ix_turns_idempotency_key").IsUnique()
                .HasFilter("idempotency_key IS NOT NULL");
            turns.HasIndex(turn => new { turn.CreatedAt, turn.Id }, "ix_turns_unfinished").HasFilter(UnfinishedTurns);
            turns.HasIndex(turn => new { turn.UpdatedAt, turn.Id }, "ix_turns_events").HasFilter(TurnsWithEvents);
            turns.HasOne<SessionRow>().WithMany().HasForeignKey(turn => turn.SessionId).HasConstraintName("fk_turns_sessions");
        });
        builder.Entity<TurnEventRow>(events =>
        {
            events.ToTable("turn_events").HasKey(turnEvent => new { turnEvent.TurnId, turnEvent.Sequence }).HasName("pk_turn_events");
            events.HasOne<TurnRow>().WithMany().HasForeignKey(turnEvent => turnEvent.TurnId).HasConstraintName("fk_turn_events_turns");
        });
        builder.Entity<CallbackRow>(callbacks =>
        {
            callbacks.ToTable("callbacks").HasKey(callback => callback.Id).HasName("pk_callbacks");
            callbacks.HasIndex(callback => new { callback.TurnId, callback.Round, callback.TurnStatus }, "ix_callbacks_turn_id").IsUnique();
            callbacks.HasIndex(callback => new { callback.NextAttemptAt, callback.Id }, "ix_callbacks_pending").HasFilter(PendingCallbacks);
            callbacks.HasOne<TurnRow>().WithMany().HasForeignKey(callback => callback.TurnId).HasConstraintName("fk_callbacks_turns");
        });
    }

    private void ConfigureColumn(IMutableProperty property)
    {
        property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        var numbered = property.Name == nameof(CallRow.Seq);
        if (Database.IsSqlite())
        {
            // The rowid numbers the calls; AUTOINCREMENT would write a second table with each.
            if (numbered)
                property.SetValueGenerationStrategy(SqliteValueGenerationStrategy.None);
            return;
        }

        if (numbered)
            property.SetValueGenerationStrategy(NpgsqlValueGenerationStrategy.IdentityAlwaysColumn);
        else if (property.ClrType == typeof(string))
            property.SetCollation("C");
    }
}
