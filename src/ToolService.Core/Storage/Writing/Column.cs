using System.Data;

namespace ToolService.Core.Storage.Writing;

/// <summary>A column, its type, and where its value comes from.</summary>
internal sealed record Column<T>(string Name, DbType Type, Func<T, object?> Read)
{
    public static Column<T> Text(string name, Func<T, string?> read) =>
        new(name, DbType.String, source => read(source) is { } text ? StoredText.Of(text) : null);

    public static Column<T> Long(string name, Func<T, long?> read) => new(name, DbType.Int64, source => read(source));

    public static Column<T> Int(string name, Func<T, int> read) => new(name, DbType.Int32, source => read(source));

    public static Column<T> Bool(string name, Func<T, bool?> read) => new(name, DbType.Boolean, source => read(source));

    public static Column<T> Double(string name, Func<T, double?> read) => new(name, DbType.Double, source => read(source));

    /// <summary>The same column, read from something that holds a <typeparamref name="T"/>.</summary>
    public Column<TOuter> Within<TOuter>(Func<TOuter, T> inner) => new(Name, Type, source => Read(inner(source)));
}
