namespace ToolService.Core.Storage;

/// <summary>Tells whether the service can read and write its data.</summary>
public interface IStorageHealth : IReadinessCheck
{
    /// <summary>The database engine and its version, such as <c>SQLite 3.40.1</c>; asked of the engine itself.</summary>
    string Engine { get; }
}
