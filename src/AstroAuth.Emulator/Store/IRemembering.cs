namespace AstroAuth.Emulator.Store;

/// <summary>Something that can go back to what it holds now.</summary>
internal interface IRemembering
{
    /// <summary>What puts back, later and any number of times, what is held now.</summary>
    Action Remember();
}
