using System.Data.Common;

namespace ToolService.Core.Storage.Writing;

/// <summary>The writer's connection, the transaction in it, and the statements prepared on it. For one thread.</summary>
internal sealed class WriteSession(DbConnection connection) : IDisposable
{
    private readonly Dictionary<object, DbCommand> _commands = new(ReferenceEqualityComparer.Instance);
    private DbTransaction? _transaction;

    /// <summary>Begins a transaction.</summary>
    public void Begin() => _transaction = connection.BeginTransaction();

    /// <summary>Commits it; when this returns, it is durable.</summary>
    public void Commit()
    {
        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
    }

    /// <summary>Runs a statement; how many rows it wrote.</summary>
    public int Execute<T>(Statement<T> statement, T source) => Bind(statement, source).ExecuteNonQuery();

    /// <summary>Runs a query and reads its first row; default where there is none.</summary>
    public TRow? First<T, TRow>(Statement<T> statement, T source, Func<DbDataReader, TRow> read)
    {
        using var reader = Bind(statement, source).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    /// <summary>Closes the connection; what is not committed is undone.</summary>
    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _transaction?.Dispose();
        connection.Dispose();
    }

    private DbCommand Bind<T>(Statement<T> statement, T source)
    {
        if (!_commands.TryGetValue(statement, out var command))
            _commands.Add(statement, command = Prepare(statement));

        command.Transaction = _transaction;
        for (var i = 0; i < statement.Columns.Count; i++)
            command.Parameters[i].Value = statement.Columns[i].Read(source) ?? DBNull.Value;
        return command;
    }

    private DbCommand Prepare<T>(Statement<T> statement)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Sql;
        command.Transaction = _transaction;
        foreach (var column in statement.Columns)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + column.Name;
            parameter.DbType = column.Type;
            command.Parameters.Add(parameter);
        }

        command.Prepare();
        return command;
    }
}
