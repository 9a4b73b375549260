namespace ToolService.Core.Storage.Writing;

/// <summary>
/// SQL that both databases accept, with a parameter <c>@name</c> for each column. One instance each: it is prepared once.
/// </summary>
internal sealed class Statement<T>(string sql, IReadOnlyList<Column<T>> columns)
{
    public string Sql => sql;

    public IReadOnlyList<Column<T>> Columns => columns;

    /// <summary>Adds a row; <paramref name="suffix"/> may say what to do where there is one.</summary>
    public static Statement<T> Insert(string table, IReadOnlyList<Column<T>> columns, string suffix = "")
    {
        var names = string.Join(", ", columns.Select(column => column.Name));
        var values = string.Join(", ", columns.Select(column => "@" + column.Name));
        return new Statement<T>($"INSERT INTO {table} ({names}) VALUES ({values}) {suffix}", columns);
    }

    /// <summary>Changes the columns <paramref name="set"/> of the rows that <paramref name="where"/> finds.</summary>
    public static Statement<T> Update(string table, IReadOnlyList<Column<T>> set, string where, IReadOnlyList<Column<T>> keys) => new(
        $"UPDATE {table} SET {string.Join(", ", set.Select(column => $"{column.Name} = @{column.Name}"))} WHERE {where}",
        [.. set, .. keys]);
}
