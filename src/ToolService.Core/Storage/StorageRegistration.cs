using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Core.Execution;
using ToolService.Core.Storage.Writing;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Storage;

/// <summary>Registers the stores.</summary>
internal static class StorageRegistration
{
    /// <summary>Registers the stores on the database that the section <c>Storage</c> names, and what starts and stops them.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>()
            .Configure(options => configuration.GetSection(StorageOptions.Section).BindStrictly(StorageOptions.Section, options))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>());
        services.AddSingleton(Database);
        services.AddPooledDbContextFactory<StorageContext>(
            (provider, builder) => provider.GetRequiredService<IDatabase>().Configure(builder));
        services.AddSingleton<WriteQueue>();
        services.AddSingleton<SchemaUpdate>();
        services.AddSingleton<StorageInitializer>();
        services.AddHostedService(provider => provider.GetRequiredService<StorageInitializer>());
        services.AddSingleton<IStorageHealth, StorageHealth>();
        services.AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<IStorageHealth>());
        services.AddSingleton<ICallStore, CallStore>();
        services.AddSingleton<CallbackStore>();
        services.AddSingleton<ICallbackStore>(provider => provider.GetRequiredService<CallbackStore>());
        services.AddSingleton<IConversationStore, ConversationStore>();
        services.AddSingleton<ITurnEventStore, TurnEventStore>();
        services.AddSingleton<IServiceStateStore, ServiceStateStore>();
        services.AddSingleton<IDefinitionStore, DefinitionStore>();
        services.AddSingleton<IKnownToolStore, KnownToolStore>();
        return services;
    }

    private static IDatabase Database(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        return options.Provider == StorageProvider.Sqlite
            ? new SqliteDatabase(options.ConnectionString, Directory.GetCurrentDirectory())
            : new PostgreSqlDatabase(options.ConnectionString);
    }
}
