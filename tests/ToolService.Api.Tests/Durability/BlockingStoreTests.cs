using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ToolService.Core.Conversations;
using ToolService.Testing;

namespace ToolService.Api.Tests.Durability;

public sealed class BlockingStoreTests
{
    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Store_that_reads_slowly_on_the_thread_that_asks_does_not_hold_up_who_hands_a_turn_over()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("delete_note", """{"text":"a"}""")));
        var settings = new Dictionary<string, string>
        {
            ["Models:Endpoints:scripted:BaseUrl"] = model.BaseUrl.ToString(),
            ["Models:Endpoints:scripted:Model"] = "scripted",
            ["Models:Default"] = "scripted",
        };
        await using var service = await TestService.StartAsync(settings, builder => SlowStore.Use(builder.Services));
        _tools.AddTo(service);
        var waiting = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");
        var store = service.Services.GetRequiredService<IConversationStore>();
        var turn = await store.FindTurnAsync(waiting.Text("turn_id"), null, Cancellation);
        var gate = ((SlowStore)store).Gate;

        gate.Reset();
        var handedOver = new TaskCompletionSource<Task<TurnReport>>();
        _ = Task.Run(
            () => handedOver.SetResult(service.Services.GetRequiredService<TurnService>().CancelAsync(turn!, Cancellation)), Cancellation);
        try
        {
            Assert.False((await handedOver.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).IsCompleted);
        }
        finally
        {
            gate.Set();
        }

        Assert.Equal(TurnStatus.Cancelled, (await await handedOver.Task).Turn.Status);
    }

    /// <summary>A store that answers when its gate is open, and until then blocks the thread.</summary>
    public class SlowStore : DispatchProxy
    {
        private IConversationStore _inner = null!;

        public ManualResetEventSlim Gate { get; } = new(true);

        public static void Use(IServiceCollection services)
        {
            var inner = services.Single(service => service.ServiceType == typeof(IConversationStore)).ImplementationType!;
            services.Replace(ServiceDescriptor.Singleton(provider =>
            {
                var slow = Create<IConversationStore, SlowStore>();
                ((SlowStore)slow)._inner = (IConversationStore)ActivatorUtilities.CreateInstance(provider, inner);
                return slow;
            }));
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Gate.Wait();
            return targetMethod!.Invoke(_inner, args);
        }
    }
}
