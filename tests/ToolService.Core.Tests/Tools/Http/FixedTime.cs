namespace ToolService.Core.Tests.Tools.Http;

/// <summary>A clock that shows one moment; its timers are the system's.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
