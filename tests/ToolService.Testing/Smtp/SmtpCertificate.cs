using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ToolService.Testing.Smtp;

/// <summary>A certificate for <c>localhost</c> that nobody vouches for, as files.</summary>
public sealed class SmtpCertificate : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("toolservice-test-");

    /// <summary>Makes one.</summary>
    public SmtpCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The certificate.</summary>
    public string CertificateFile => Path.Combine(_folder.FullName, "certificate.pem");

    /// <summary>Its key.</summary>
    public string KeyFile => Path.Combine(_folder.FullName, "key.pem");

    /// <summary>Deletes the files.</summary>
    public void Dispose() => _folder.Delete(recursive: true);
}
