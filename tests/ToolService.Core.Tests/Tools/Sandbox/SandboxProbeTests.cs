using ToolService.Core.Tools.Sandbox;

namespace ToolService.Core.Tests.Tools.Sandbox;

public class SandboxProbeTests
{
    private const string Report = """
        Name:	cat
        Uid:	1000	1000	1000	1000
        CapEff:	0000000000000000
        CapBnd:	0000000000000000
        NoNewPrivs:	1
        Seccomp:	2
        Max cpu time              60                   61                   seconds
        Max file size             67108864             67108864             bytes
        Max data size             536870912            536870912            bytes
        Max processes             128                  128                  processes
        Max open files            256                  256                  files
        --- network
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets
            lo:       0       0    0    0    0     0          0         0        0       0
        """;

    [Fact]
    public void Report_of_a_whole_sandbox_lacks_nothing() => Assert.Null(SandboxProbe.Missing(Report, new SandboxOptions()));

    [Theory]
    [InlineData("Seccomp:\t2", "Seccomp:\t0", "seccomp")]
    [InlineData("NoNewPrivs:\t1", "NoNewPrivs:\t0", "privileges")]
    [InlineData("CapEff:\t0000000000000000", "CapEff:\t0000003fffffffff", "capabilities")]
    [InlineData("Uid:\t1000", "Uid:\t0", "user")]
    [InlineData("536870912            536870912", "unlimited            unlimited", "memory")]
    [InlineData("Max processes             128", "Max processes             unlimited", "processes")]
    [InlineData("    lo:", "  eth0: 1 2 3\n    lo:", "network")]
    [InlineData("--- network", "", "network")]
    public void Missing_wall_is_named(string wall, string instead, string named) =>
        Assert.Contains(named, SandboxProbe.Missing(Report.Replace(wall, instead, StringComparison.Ordinal), new SandboxOptions()));
}
