// Types of newer .NET that the linked tests use, as far as they use them.
#pragma warning disable SA1649, IDE0130, CA1711, CA1812 // The names and places are .NET's own.
using System.Security.Cryptography.X509Certificates;

namespace System.Net.Http
{
    internal sealed class SocketsHttpHandler : HttpClientHandler;
}

namespace System.Net.Security
{
    internal sealed class SslServerAuthenticationOptions
    {
        public required X509Certificate ServerCertificate { get; init; }
    }
}

namespace System.Collections.Generic
{
    internal static class KeyValuePair
    {
        public static KeyValuePair<TKey, TValue> Create<TKey, TValue>(TKey key, TValue value) => new(key, value);
    }
}

namespace System.Threading.Tasks
{
    internal sealed class TaskCompletionSource(TaskCreationOptions options = TaskCreationOptions.None)
    {
        private readonly TaskCompletionSource<bool> _source = new(options);

        public Task Task => _source.Task;

        public void SetResult() => _source.SetResult(true);

        public bool TrySetResult() => _source.TrySetResult(true);
    }
}

namespace System.Buffers.Text
{
    internal static class Base64Url
    {
        public static string EncodeToString(ReadOnlySpan<byte> bytes) =>
            Convert.ToBase64String(bytes.ToArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        public static byte[] DecodeFromChars(string text) =>
            Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
    }
}

namespace System.Security.Cryptography.X509Certificates
{
    internal static class X509CertificateLoader
    {
        public static X509Certificate2 LoadPkcs12(byte[] bytes, string? password) => new(bytes, password);
    }
}
