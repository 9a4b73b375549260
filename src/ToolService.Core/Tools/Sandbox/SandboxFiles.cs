namespace ToolService.Core.Tools.Sandbox;

/// <summary>What every sandbox is given: the filter of system calls, and the few files under <c>/etc</c> that programs ask for.</summary>
internal sealed class SandboxFiles : IDisposable
{
    private const string Users = "sandbox:x:1000:1000::/tmp:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n";
    private const string Groups = "sandbox:x:1000:\nnogroup:x:65534:\n";
    private const string Hosts = "127.0.0.1 localhost\n::1 localhost\n";
    private const string Sources = "passwd: files\ngroup: files\nhosts: files\n";

    private readonly MemoryFile[] _files;

    /// <exception cref="SandboxUnavailableException">There is no filter for this processor, or there are no files in memory.</exception>
    public SandboxFiles()
    {
        var filter = SeccompFilter.ForThisMachine()
            ?? throw new SandboxUnavailableException("There is a filter of system calls for x64 and arm64 only.");
        _files = [new("seccomp", filter), new("passwd", Users), new("group", Groups), new("hosts", Hosts), new("nsswitch.conf", Sources)];
    }

    /// <summary>The places of the files, in the order in which <see cref="Options"/> numbers them.</summary>
    public IEnumerable<string> Paths => _files.Select(file => file.Path);

    /// <summary>What bubblewrap is told of them.</summary>
    /// <param name="first">The descriptor that the first of them has.</param>
    public static IEnumerable<string> Options(int first) =>
    [
        "--seccomp", $"{first}",
        "--ro-bind-data", $"{first + 1}", "/etc/passwd", "--ro-bind-data", $"{first + 2}", "/etc/group",
        "--ro-bind-data", $"{first + 3}", "/etc/hosts", "--ro-bind-data", $"{first + 4}", "/etc/nsswitch.conf",
    ];

    public void Dispose() => Array.ForEach(_files, file => file.Dispose());
}
