using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Tests.Storage;

internal static class NamelessWrites
{
    /// <summary>Writes what no test looks for among the journal's points.</summary>
    public static Task<T> RunAsync<T>(this WriteQueue queue, Func<WriteSession, T> work) => queue.RunAsync(null, "", work);
}
