using AstroAuth.Emulator.Hosting;

return await EmulatorHost.RunAsync(args);
