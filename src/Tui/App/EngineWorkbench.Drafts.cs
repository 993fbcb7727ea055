using Registry.Engine.Operations;

namespace Registry.Tui.App;

internal sealed partial class EngineWorkbench
{
    private readonly SemaphoreSlim keeping = new(1);

    private int kept;

    public Task<Outcome<AdvisoryShift>> WeighAsync(ChangePlan plan, CancellationToken cancellation) => client.PlanAdvisories(plan).RunAsync(Silence.Instance, cancellation);

    public Task<Outcome<FoundDraft?>> ReadDraftAsync(CancellationToken cancellation) => client.ReadDraft(request.Folder).RunAsync(Silence.Instance, cancellation);

    public async Task<Outcome<FoundDraft?>> KeepDraftAsync(PlanDraft draft, int number)
    {
        await keeping.WaitAsync().ConfigureAwait(false);
        try
        {
            if (number <= kept)
            {
                return new Outcome<FoundDraft?>.Cancelled();
            }

            kept = number;
            return await client.KeepDraft(request.Folder, draft).RunAsync(Silence.Instance, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            keeping.Release();
        }
    }
}
