using System.Globalization;
using System.Net.Security;
using System.Text;

namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>A connection to a mail server: commands and answers, in lines.</summary>
internal sealed class SmtpWire(Stream stream) : IAsyncDisposable
{
    private const int MaxLine = 2_000;
    private const int MaxLines = 100;

    private readonly byte[] _buffer = new byte[4_096];
    private Stream _stream = stream;
    private int _start;
    private int _end;

    /// <summary>Goes on in TLS. What the server said before is not taken for what it says in it.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">Its certificate is not valid for the host.</exception>
    public async Task SecureAsync(string host, CancellationToken cancellationToken)
    {
        _start = _end = 0;
        var secure = new SslStream(_stream);
        _stream = secure;
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellationToken);
    }

    /// <summary>Sends a command and reads the answer.</summary>
    public async Task<SmtpReply> AskAsync(string command, CancellationToken cancellationToken)
    {
        await SendAsync(Encoding.ASCII.GetBytes($"{command}\r\n"), cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }

    /// <summary>Reads an answer, of one line or several.</summary>
    /// <exception cref="InvalidDataException">It is none of SMTP.</exception>
    /// <exception cref="EndOfStreamException">The server has gone.</exception>
    public async Task<SmtpReply> ReadAsync(CancellationToken cancellationToken)
    {
        List<string> lines = [];
        while (lines.Count < MaxLines)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                throw new InvalidDataException();

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
                return new SmtpReply(code, lines);
        }

        throw new InvalidDataException();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length <= MaxLine)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await _stream.ReadAsync(_buffer, cancellationToken));
                if (_end == 0)
                    throw new EndOfStreamException();
            }

            var c = (char)_buffer[_start++];
            if (c == '\n')
                return line.ToString();
            if (c is >= ' ' and <= '~')
                line.Append(c);
        }

        throw new InvalidDataException();
    }
}
