using System;

namespace AstroAuth;

/// <summary>What a person needs to let this machine in from another device (RFC 8628, 3.3).</summary>
/// <param name="Code">The code to type.</param>
/// <param name="Page">Where to type it.</param>
/// <param name="Link">The same page with the code filled in, or null.</param>
/// <param name="Lifetime">How long the code is good.</param>
public sealed record AstroDeviceCode(string Code, Uri Page, Uri? Link, TimeSpan Lifetime);
