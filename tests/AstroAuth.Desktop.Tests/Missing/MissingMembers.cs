using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AstroAuth.Desktop.Tests.Missing;

/// <summary>Members of newer .NET that the linked tests use, under their own names.</summary>
internal static class MissingMembers
{
    extension(string)
    {
        public static string Join(char separator, IEnumerable<string> parts) => string.Join(separator.ToString(), parts);
    }

    extension(string text)
    {
        public bool Contains(string part, StringComparison comparison) => text.IndexOf(part, comparison) >= 0;

        public string Replace(string part, string other, StringComparison comparison) =>
            comparison == StringComparison.Ordinal ? text.Replace(part, other) : throw new NotSupportedException();

        public string[] Split(char separator, int count) => text.Split([separator], count);
    }

    extension<T>(IEnumerable<T> items)
    {
        public IEnumerable<T> Order() => items.OrderBy(i => i);
    }

    extension<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> items)
    {
        public TValue? GetValueOrDefault(TKey key) => items.TryGetValue(key, out var value) ? value : default;
    }

    extension<TKey, TValue>(KeyValuePair<TKey, TValue> pair)
    {
        public void Deconstruct(out TKey key, out TValue value) => (key, value) = (pair.Key, pair.Value);
    }

    extension(Convert)
    {
        public static string ToHexStringLower(byte[] bytes) => string.Concat(bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    extension(SHA256)
    {
        public static byte[] HashData(byte[] bytes)
        {
            using var algorithm = SHA256.Create();
            return algorithm.ComputeHash(bytes);
        }
    }

    extension(File)
    {
        public static Task<byte[]> ReadAllBytesAsync(string path) => Task.Run(() => File.ReadAllBytes(path));

        public static void CreateSymbolicLink(string path, string target) => throw new PlatformNotSupportedException();
    }

    extension(Directory)
    {
        public static DirectoryInfo CreateTempSubdirectory(string prefix) =>
            Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), prefix + Guid.NewGuid().ToString("N")));
    }

    extension(X509Certificate2 certificate)
    {
        public string ExportCertificatePem() =>
            $"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String(certificate.RawData, Base64FormattingOptions.InsertLineBreaks)}\n-----END CERTIFICATE-----\n";
    }
}
