using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AstroAuth.Emulator.Hosting;

/// <summary>Keeps ASP.NET's data protection keys in memory: the emulator leaves nothing on the disk.</summary>
internal sealed class ForgottenKeys : IXmlRepository
{
    private readonly Lock _lock = new();
    private readonly List<XElement> _elements = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
            return [.. _elements];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock)
            _elements.Add(element);
    }
}
