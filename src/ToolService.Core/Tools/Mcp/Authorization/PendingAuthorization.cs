using ModelContextProtocol.Authentication;

namespace ToolService.Core.Tools.Mcp.Authorization;

/// <summary>A question that a person has not answered yet.</summary>
/// <param name="url">What the person is to open.</param>
/// <param name="state">By which the answer is recognized; nobody can guess it.</param>
internal sealed class PendingAuthorization(Uri url, string state)
{
    private readonly TaskCompletionSource<AuthorizationResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Url => url;

    public string State => state;

    public Task<AuthorizationResult> Answer => _answer.Task;

    public bool TryAnswer(AuthorizationResult result) => _answer.TrySetResult(result);

    public bool TryRefuse(ToolException reason) => _answer.TrySetException(reason);
}
