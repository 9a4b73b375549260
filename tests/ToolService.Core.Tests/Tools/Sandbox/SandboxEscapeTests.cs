using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ToolService.Core.Tools.Sandbox;

namespace ToolService.Core.Tests.Tools.Sandbox;

public class SandboxEscapeTests
{
    private const string Marker = "TOOLSERVICE_TEST_SECRET";

    [Fact]
    public async Task Environment_of_the_service_is_nowhere_to_be_read()
    {
        Environment.SetEnvironmentVariable(Marker, "hunter2");
        using var bench = SandboxBench.Create();

        var printed = await bench.PrintedAsync("""
            import glob, os
            print(dict(os.environ))
            for path in glob.glob('/proc/[0-9]*/environ') + glob.glob('/proc/[0-9]*/cmdline'):
                try:
                    print(path, open(path, 'rb').read())
                except OSError as e:
                    print(path, e)
            """);

        Assert.Contains("/proc/1/environ", printed);
        Assert.DoesNotContain("hunter2", printed);
        Assert.DoesNotContain(bench.PrivateFolder, printed);
    }

    [Fact]
    public async Task Only_its_own_processes_are_seen()
    {
        using var bench = SandboxBench.Create();

        var printed = await bench.PrintedAsync("import os; print(sorted(int(p) for p in os.listdir('/proc') if p.isdigit())[-1] < 10)");

        Assert.Equal("True", printed);
    }

    [Fact]
    public async Task Parent_cannot_be_signalled()
    {
        using var bench = SandboxBench.Create();

        Assert.Equal("ProcessLookupError", await bench.PrintedAsync($$"""
            import os
            try:
                os.kill({{Environment.ProcessId}}, 9)
            except OSError as e:
                print(type(e).__name__)
            """));
    }

    [Fact]
    public async Task First_process_of_the_sandbox_leads_nowhere_else()
    {
        using var bench = SandboxBench.Create();

        var printed = await bench.PrintedAsync("""
            import os
            for link in ['root', 'cwd']:
                try:
                    print(sorted(os.listdir('/proc/1/' + link)))
                except OSError as e:
                    print(e)
            """);

        Assert.DoesNotContain("home", printed);
        Assert.DoesNotContain("root", printed);
    }

    [Theory]
    [InlineData("/etc/shadow")]
    [InlineData("/etc/hostname")]
    [InlineData("/root")]
    [InlineData("/home")]
    [InlineData("/var")]
    [InlineData("/run")]
    [InlineData("/sys")]
    [InlineData("/boot")]
    [InlineData("/mnt")]
    public async Task System_has_no(string path)
    {
        using var bench = SandboxBench.Create();

        Assert.Equal("False", await bench.PrintedAsync($"import os; print(os.path.exists('{path}'))"));
    }

    [Fact]
    public async Task Folder_of_the_service_is_not_there()
    {
        using var bench = SandboxBench.Create();
        File.WriteAllText(Path.Combine(bench.PrivateFolder, "toolservice.db"), "data");

        Assert.Equal("False False", await bench.PrintedAsync(
            $"import os; print(os.path.exists('{bench.PrivateFolder}'), os.path.exists('{AppContext.BaseDirectory}'))"));
    }

    [Theory]
    [InlineData("/usr/bin/x")]
    [InlineData("/etc/x")]
    [InlineData("/etc/passwd")]
    [InlineData("/x")]
    [InlineData("/dev/x")]
    [InlineData("/proc/sys/kernel/core_pattern")]
    [InlineData("/proc/sysrq-trigger")]
    public async Task Nothing_can_be_written_outside_the_workspace(string path)
    {
        using var bench = SandboxBench.Create();

        Assert.Equal("refused", await bench.PrintedAsync($$"""
            try:
                open('{{path}}', 'w').write('x')
            except OSError as e:
                print('refused')
            """));
    }

    [Fact]
    public async Task Loopback_of_the_machine_is_not_reached()
    {
        using var bench = SandboxBench.Create();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();

        Assert.Equal("ConnectionRefusedError", await bench.PrintedAsync($$"""
            import socket
            try:
                socket.create_connection(('127.0.0.1', {{((IPEndPoint)listener.LocalEndpoint).Port}}), 2)
            except OSError as e:
                print(type(e).__name__)
            """));
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Names_and_other_machines_are_not_reached()
    {
        using var bench = SandboxBench.Create();

        Assert.Equal("gaierror 101", await bench.PrintedAsync("""
            import socket
            try:
                socket.getaddrinfo('example.com', 80)
            except OSError as e:
                print(type(e).__name__, end=' ')
            try:
                socket.create_connection(('192.0.2.1', 80), 2)
            except OSError as e:
                print(e.errno)
            """));
    }

    [Fact]
    public async Task Nameless_sockets_of_the_machine_are_not_reached()
    {
        using var bench = SandboxBench.Create();
        var name = $"toolservice-{Guid.NewGuid():N}";
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint('\0' + name));
        listener.Listen();

        Assert.Equal("ConnectionRefusedError", await bench.PrintedAsync($$"""
            import socket
            try:
                socket.socket(socket.AF_UNIX).connect(b'\0{{name}}')
            except OSError as e:
                print(type(e).__name__)
            """));
    }

    [Theory]
    [InlineData("AF_NETLINK, socket.SOCK_RAW", "97")]
    [InlineData("AF_PACKET, socket.SOCK_RAW", "97")]
    [InlineData("AF_VSOCK, socket.SOCK_STREAM", "97")]
    [InlineData("AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP", "1")]
    public async Task Sockets_of_other_kinds_cannot_be_made(string kind, string error)
    {
        using var bench = SandboxBench.Create();

        Assert.Equal(error, await bench.PrintedAsync($$"""
            import socket
            try:
                socket.socket(socket.{{kind}})
            except OSError as e:
                print(e.errno)
            """));
    }

    // By name where the C library has the call, else by number, which is the same on every architecture from 424 on.
    [Theory]
    [InlineData("ptrace(0, 0, 0, 0)", "1")]
    [InlineData("unshare(0x10000000)", "1")]
    [InlineData("unshare(0x00020000)", "1")]
    [InlineData("setns(0, 0)", "1")]
    [InlineData("mount(0, b'/tmp', b'tmpfs', 0, 0)", "1")]
    [InlineData("umount2(b'/tmp', 0)", "1")]
    [InlineData("chroot(b'/tmp')", "1")]
    [InlineData("personality(0x0040000)", "1")]
    [InlineData("memfd_create(b'x', 0)", "1")]
    [InlineData("shmget(0, 4096, 0o1600)", "1")]
    [InlineData("msgget(0, 0o1600)", "1")]
    [InlineData("syscall(425, 8, 0)", "1")]
    [InlineData("syscall(428, -100, b'/', 0)", "1")]
    [InlineData("syscall(435, 0, 0)", "38")]
    [InlineData("syscall(447, 0)", "1")]
    [InlineData("syscall(457, 0)", "38")]
    [InlineData("syscall(462, 0)", "38")]
    [InlineData("ioctl(0, 0x5412, b'x')", "1")]
    [InlineData("ioctl(0, 0x541C, b'x')", "1")]
    public async Task System_call_is_refused(string call, string error)
    {
        using var bench = SandboxBench.Create();

        Assert.Equal($"-1 {error}", await bench.PrintedAsync($"""
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            print(libc.{call}, ctypes.get_errno())
            """));
    }

    [Fact]
    public async Task New_namespaces_cannot_be_had_with_a_new_process()
    {
        using var bench = SandboxBench.Create();

        Assert.Equal("-1 1", await bench.PrintedAsync("""
            import ctypes, platform
            libc = ctypes.CDLL(None, use_errno=True)
            clone = {'x86_64': 56, 'aarch64': 220}[platform.machine()]
            print(libc.syscall(clone, 0x10000000 | 17, 0, 0, 0, 0), ctypes.get_errno())
            """));
    }

    [Fact]
    public async Task Threads_can_be_started() =>
        await Use(async bench => Assert.Equal("ran", await bench.PrintedAsync("""
            import threading
            thread = threading.Thread(target=lambda: print('ran'))
            thread.start()
            thread.join()
            """)));

    [Fact]
    public async Task Hard_links_to_files_outside_cannot_be_made() =>
        await Use(async bench => Assert.Equal("18", await bench.PrintedAsync("""
            import os
            try:
                os.link('/usr/bin/env', 'env')
            except OSError as e:
                print(e.errno)
            """)));

    [Fact]
    public async Task Devices_cannot_be_made() =>
        await Use(async bench => Assert.Equal("1", await bench.PrintedAsync("""
            import os, stat
            try:
                os.mknod('disk', 0o666 | stat.S_IFBLK, os.makedev(8, 0))
            except OSError as e:
                print(e.errno)
            """)));

    [Fact]
    public async Task Pipes_can_be_made() =>
        await Use(async bench => Assert.Equal("['pipe']", await bench.PrintedAsync("import os; os.mkfifo('pipe'); print(os.listdir())")));

    [Fact]
    public async Task There_are_no_devices_but_nothing_and_chance() =>
        await Use(async bench => Assert.Equal(
            "['fd', 'null', 'random', 'shm', 'stderr', 'stdin', 'stdout', 'urandom']",
            await bench.PrintedAsync("import os; print(sorted(os.listdir('/dev')))")));

    [Fact]
    public async Task Programs_have_no_privileges_and_gain_none() =>
        await Use(async bench => Assert.Equal("1000 [0, 0, 0] 1", await bench.PrintedAsync("""
            import os
            status = dict(line.split(':', 1) for line in open('/proc/self/status'))
            print(os.geteuid(), [int(status[name], 16) for name in ('CapEff', 'CapPrm', 'CapBnd')], status['NoNewPrivs'].strip())
            """)));

    [Fact]
    public async Task Nobody_is_root_even_where_the_service_is()
    {
        using var bench = SandboxBench.Create();

        var printed = await bench.PrintedAsync("print(open('/proc/self/uid_map').read().split())");

        Assert.Equal($"['1000', '{(SandboxUser.Of(bench.Options) ?? ToolService.Core.Tools.Sandbox.Files.Libc.EffectiveUser())}', '1']", printed);
        Assert.DoesNotContain("'0'", printed);
    }

    [Fact]
    public async Task Open_files_of_the_service_are_not_passed_on()
    {
        using var bench = SandboxBench.Create();
        using SafeFileHandle inheritable = new(dup(1), ownsHandle: true);

        Assert.Equal("[0, 1, 2, 3]", await bench.PrintedAsync("import os; print(sorted(int(fd) for fd in os.listdir('/proc/self/fd')))"));
    }

    [Fact]
    public async Task Nothing_stays_behind_outside_the_workspace()
    {
        using var bench = SandboxBench.Create();
        await bench.PrintedAsync("""
            for path in ['/tmp/left', '/dev/shm/left', 'left']:
                open(path, 'w').write('x')
            """);

        Assert.Equal("[] [] ['left']", await bench.PrintedAsync("import os; print(os.listdir('/tmp'), os.listdir('/dev/shm'), os.listdir('.'))"));
    }

    [Fact]
    public async Task Workspaces_of_others_are_not_seen()
    {
        using var bench = SandboxBench.Create();
        using var other = bench.Workspaces.Open("somebody", "session");
        await File.WriteAllTextAsync(Path.Combine(other.HostPath, "secret"), "x", SandboxBench.Cancellation);

        Assert.Equal("[] False", await bench.PrintedAsync($"import os; print(os.listdir('/workspace'), os.path.exists('{other.HostPath}'))"));
    }

    [Fact]
    public async Task Terminal_cannot_be_had() =>
        await Use(async bench => Assert.Equal("True False", await bench.PrintedAsync(
            "import os; print(os.getsid(0) != 0, os.path.exists('/dev/tty') or os.path.exists('/dev/ptmx'))")));

    [DllImport("libc")]
    private static extern int dup(int descriptor);

    private static async Task Use(Func<SandboxBench, Task> test)
    {
        using var bench = SandboxBench.Create();
        await test(bench);
    }
}
