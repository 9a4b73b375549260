using ToolService.Durability.Hook;

/// <summary>What .NET runs in the service before the service's own first line, as DOTNET_STARTUP_HOOKS asks; it must have no namespace.</summary>
internal static class StartupHook
{
    public static void Initialize() => ServiceHook.Install();
}
