using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools.Sandbox;

public class SandboxLimitTests
{
    private const int Megabyte = 1_048_576;

    [Fact]
    public async Task Fork_bomb_runs_out_of_processes()
    {
        using var bench = SandboxBench.Create(options => options.MaxProcesses = 32);

        var printed = await bench.PrintedAsync("""
            import os, time
            made = 0
            try:
                while True:
                    if os.fork() == 0:
                        time.sleep(600)
                    made += 1
            except BlockingIOError:
                print(made)
            """);

        Assert.InRange(int.Parse(printed, null), 1, 32);
    }

    [Fact]
    public async Task Forking_without_end_is_over_when_the_time_is()
    {
        using var bench = SandboxBench.Create(options => (options.MaxProcesses, options.Timeout) = (32, TimeSpan.FromSeconds(1)));

        var message = await bench.KilledAsync("""
            import os
            while True:
                try:
                    os.fork()
                except OSError:
                    pass
            """);

        Assert.Contains("killed", message);
    }

    [Fact]
    public async Task Process_cannot_have_more_memory_than_it_may()
    {
        using var bench = SandboxBench.Create(options => options.MemoryBytes = 128 * Megabyte);

        var result = await bench.PythonAsync("hog = bytearray(512 * 1024 * 1024)");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("MemoryError", result.Stderr.ToString());
    }

    [Fact]
    public async Task Processes_are_killed_that_together_hold_more_memory_than_they_may()
    {
        using var bench = SandboxBench.Create(options => options.MemoryBytes = 64 * Megabyte);

        var message = await bench.KilledAsync("""
            import os, time
            for _ in range(8):
                if os.fork() == 0:
                    hog = b'x' * (32 * 1024 * 1024)
                    time.sleep(600)
            time.sleep(600)
            """);

        Assert.Contains("Sandbox:MemoryBytes", message);
    }

    [Fact]
    public async Task Shared_memory_that_no_limit_counts_cannot_be_had()
    {
        using var bench = SandboxBench.Create();

        Assert.Equal("12", await bench.PrintedAsync("""
            import mmap
            try:
                mmap.mmap(-1, 4096)
            except OSError as e:
                print(e.errno)
            """));
    }

    [Fact]
    public async Task Endless_output_ends_the_command()
    {
        using var bench = SandboxBench.Create(options => options.MaxOutputBytes = 8 * Megabyte);

        var message = await bench.KilledAsync("""
            import os
            block = b'x' * 1048576
            for _ in range(10 * 1024):
                os.write(1, block)
            """);

        Assert.Contains("Sandbox:MaxOutputBytes", message);
    }

    [Fact]
    public async Task Long_output_keeps_its_beginning_and_its_end()
    {
        using var bench = SandboxBench.Create(options => options.OutputBytes = 2_000);

        var result = await bench.PythonAsync("print('first'); print('x' * 100_000); print('last')");

        Assert.StartsWith("first\n", result.Stdout.ToString());
        Assert.EndsWith("last\n", result.Stdout.ToString());
        Assert.InRange(result.Stdout.ToString().Length, 2_000, 2_100);
        Assert.True(result.Stdout.IsTruncated);
    }

    [Fact]
    public async Task Processor_time_is_limited()
    {
        using var bench = SandboxBench.Create(options => options.CpuSeconds = 1);

        Assert.Contains("Sandbox:CpuSeconds", await bench.KilledAsync("while True: pass"));
    }

    [Fact]
    public async Task Processor_time_of_all_processes_counts_together()
    {
        using var bench = SandboxBench.Create(options => options.CpuSeconds = 2);

        var message = await bench.KilledAsync("""
            import os, time
            for _ in range(40):
                child = os.fork()
                if child == 0:
                    end = time.process_time() + 0.2
                    while time.process_time() < end:
                        pass
                    os._exit(0)
                os.waitpid(child, 0)
            """);

        Assert.Contains("Sandbox:CpuSeconds", message);
    }

    [Fact]
    public async Task Time_is_limited()
    {
        using var bench = SandboxBench.Create(options => options.Timeout = TimeSpan.FromSeconds(1));

        Assert.Contains("ran longer than 1 s", await bench.KilledAsync("import time; time.sleep(600)"));
    }

    [Fact]
    public async Task Killed_command_tells_how_its_output_ended()
    {
        using var bench = SandboxBench.Create(options => options.Timeout = TimeSpan.FromSeconds(2));

        Assert.EndsWith("Its output ended: still here", await bench.KilledAsync("import time; print('still here', flush=True); time.sleep(600)"));
    }

    [Fact]
    public async Task Reading_input_that_nobody_gives_comes_to_its_end()
    {
        using var bench = SandboxBench.Create();

        Assert.Equal("''", await bench.PrintedAsync("import sys; print(repr(sys.stdin.read()))"));
    }

    [Fact]
    public async Task Huge_file_with_holes_cannot_be_made()
    {
        using var bench = SandboxBench.Create();

        Assert.Equal("27", await bench.PrintedAsync("""
            import os
            try:
                os.truncate(os.open('sparse', os.O_CREAT | os.O_WRONLY), 1 << 40)
            except OSError as e:
                print(e.errno)
            """));
    }

    [Fact]
    public async Task Writing_a_file_beyond_its_limit_is_told()
    {
        using var bench = SandboxBench.Create(options => options.FileBytes = 65_536);

        var failure = await Assert.ThrowsAsync<ToolException>(() => bench.RunAsync("sh", "-c", "exec head -c 1000000 /dev/urandom > big"));

        Assert.Contains("Sandbox:FileBytes", failure.Message);
    }

    [Fact]
    public async Task Filling_the_workspace_ends_the_command()
    {
        using var bench = SandboxBench.Create(workspace: options => options.MaxBytes = 4 * Megabyte);

        var message = await bench.KilledAsync("""
            import time
            for i in range(64):
                open(f'file{i}', 'wb').write(b'x' * 1048576)
            time.sleep(600)
            """);

        Assert.Contains("Workspace:MaxBytes", message);
    }

    [Fact]
    public async Task Thousands_of_files_end_the_command()
    {
        using var bench = SandboxBench.Create(workspace: options => options.MaxFiles = 1_000);

        var message = await bench.KilledAsync("""
            import time
            for i in range(5000):
                open(f'file{i}', 'w').close()
            time.sleep(600)
            """);

        Assert.Contains("Workspace:MaxFiles", message);
    }

    [Fact]
    public async Task Folders_that_nobody_can_look_into_do_not_hide_files()
    {
        using var bench = SandboxBench.Create();

        var message = await bench.KilledAsync("""
            import os, time
            for _ in range(70):
                os.mkdir('deep')
                os.chdir('deep')
            open('hidden', 'wb').write(b'x')
            time.sleep(600)
            """);

        Assert.Contains("too deep down", message);
    }

    [Fact]
    public async Task Folders_that_are_made_unreadable_do_not_hide_files()
    {
        using var bench = SandboxBench.Create(workspace: options => options.MaxBytes = 4 * Megabyte);

        var message = await bench.KilledAsync("""
            import os, time
            os.mkdir('closed')
            open('closed/big', 'wb').write(b'x' * 8388608)
            os.chmod('closed', 0)
            time.sleep(600)
            """);
        Permissions.Set(Path.Combine(bench.Workspace.HostPath, "closed"), Permissions.OwnersOwn);

        Assert.Matches("Workspace:MaxBytes|not readable", message);
    }

    [Fact]
    public async Task Files_without_a_name_count_too()
    {
        using var bench = SandboxBench.Create(options => options.MaxWrittenBytes = 8 * Megabyte);

        var message = await bench.KilledAsync("""
            import os, time
            held = []
            for i in range(32):
                held.append(open('gone', 'wb'))
                os.unlink('gone')
                held[-1].write(b'x' * 1048576)
                held[-1].flush()
            time.sleep(600)
            """);

        Assert.Contains("Sandbox:MaxWrittenBytes", message);
    }

    [Theory]
    [InlineData("/tmp")]
    [InlineData("/dev/shm")]
    public async Task Temporary_folder_is_full_at_its_limit(string folder)
    {
        using var bench = SandboxBench.Create(options => options.TemporaryBytes = Megabyte);

        Assert.Equal("28", await bench.PrintedAsync($$"""
            try:
                open('{{folder}}/big', 'wb').write(b'x' * 4194304)
            except OSError as e:
                print(e.errno)
            """));
    }

    [Fact]
    public async Task Open_files_are_limited()
    {
        using var bench = SandboxBench.Create(options => options.MaxOpenFiles = 32);

        Assert.Equal("24", await bench.PrintedAsync("""
            held = []
            try:
                while True:
                    held.append(open('/dev/null'))
            except OSError as e:
                print(e.errno)
            """));
    }

    [Fact]
    public async Task Limits_cannot_be_raised()
    {
        using var bench = SandboxBench.Create();

        Assert.Equal("refused", await bench.PrintedAsync("""
            import resource
            try:
                resource.setrlimit(resource.RLIMIT_NPROC, (10000, 10000))
            except (ValueError, OSError):
                print('refused')
            """));
    }
}
