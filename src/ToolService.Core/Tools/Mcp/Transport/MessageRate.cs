namespace ToolService.Core.Tools.Mcp.Transport;

/// <summary>Counts messages, and tells when there were too many within a minute.</summary>
internal sealed class MessageRate(int mostPerMinute, TimeProvider time)
{
    private long _since = time.GetTimestamp();
    private int _count;

    public bool IsExceeded()
    {
        if (time.GetElapsedTime(_since) > TimeSpan.FromMinutes(1))
            (_since, _count) = (time.GetTimestamp(), 0);
        return ++_count > mostPerMinute;
    }
}
