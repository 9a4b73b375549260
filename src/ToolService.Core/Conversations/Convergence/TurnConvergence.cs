using Microsoft.Extensions.DependencyInjection;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>What the loop does beside its rounds so that the turn comes to an answer.</summary>
internal sealed class TurnConvergence(Planner planner, LoopGuard guard, FinalAnswers answers, Refiner refiner)
{
    /// <summary>Before a round: makes the turn's plan, where one is wanted and there is none.</summary>
    public Task PlanAsync(TurnState state, CancellationToken cancellationToken) => planner.PlanAsync(state, cancellationToken);

    /// <summary>After the round's calls: whether they gave the final answer, which is then the turn's last message.</summary>
    public bool TryAnswer(TurnState state) => answers.TryGive(state);

    /// <summary>How the turn ends, where it goes in circles.</summary>
    public TurnEnd? LoopEnd(TurnState state) => guard.EndOf(state);

    /// <summary>At the end of a turn that has its answer: works it over, where that is wanted.</summary>
    public Task RefineAsync(TurnState state, CancellationToken cancellationToken) => refiner.RefineAsync(state, cancellationToken);

    /// <summary>Registers the parts.</summary>
    /// <param name="services">Where.</param>
    /// <param name="hasFinalAnswer">Whether models have <see cref="FinalAnswerTool"/>.</param>
    public static void Add(IServiceCollection services, bool hasFinalAnswer)
    {
        services.AddSingleton<TurnConvergence>();
        services.AddSingleton<RoundGuidance>();
        services.AddSingleton<ModelAside>();
        services.AddSingleton<Planner>();
        services.AddSingleton<LoopGuard>();
        services.AddSingleton<FinalAnswers>();
        services.AddSingleton<Refiner>();
        services.AddSingleton<ReusingCalls>();
        services.AddSingleton<ResultNotes>();
        services.AddSingleton<RecoveryAdvisor>();
        // Not there at all where it is off: a model that calls it unasked is told that there is no such tool.
        if (hasFinalAnswer)
            services.AddSingleton<ITurnTool, FinalAnswerTool>();
    }
}
