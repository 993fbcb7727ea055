using System.Collections.Concurrent;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;
using Registry.Testing;
using Registry.Tui.App;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Review;
using Registry.Tui.Terminal;
using Registry.Tui.Tests.Screens;

namespace Registry.Tui.Tests.App;

public sealed class DraftKeeperTests : IDisposable
{
    private readonly Sandbox sandbox = new();
    private readonly Letters letters = new();

    [Fact]
    public async Task A_draft_that_another_program_took_away_is_written_again()
    {
        sandbox.Write("p/cairn.toml", "[package]\nname = \"app\"\nversion = \"1.0.0\"\n");
        await using var client = new RegistryClient(new ClientSettings { Folders = new UserFolders(sandbox.At("config"), sandbox.At("data"), sandbox.At("cache")) });
        using var workbench = new EngineWorkbench(client, new ChangeRequest(sandbox.At("p")));
        using var effects = new EffectRunner(workbench, letters);
        var keeper = new DraftKeeper(workbench, effects);
        var state = AppState.Start(new TerminalSize(80, 24));
        state = state with { Plan = state.Plan.With(new PlanStep('~', "web-kit in range", null, [new ProjectEdit.Update(PackageName.Parse("web-kit"))])) };
        Keeps(keeper, state);

        state = state with { Facts = Shop.Overview };
        Keeps(keeper, state);

        Keeps(keeper, state with { Plan = state.Plan with { Result = new Outcome<ChangePlan>.Failed(new Problem(ProblemCode.ProjectBusy, "changed", null)) } });
        keeper.Keep(state);
        keeper.Keep(state);
        Assert.Empty(letters.Posted);
    }

    public void Dispose()
    {
        letters.Posted.Dispose();
        sandbox.Dispose();
    }

    private void Keeps(DraftKeeper keeper, AppState state)
    {
        var draft = sandbox.At("p/.cairn/draft.json");
        File.Delete(Directory.Exists(Path.GetDirectoryName(draft)) ? draft : sandbox.At("none"));
        keeper.Keep(state);
        Assert.IsType<Outcome<FoundDraft?>.Done>(Assert.IsType<DraftKept>(letters.Posted.Take(TestContext.Current.CancellationToken)).Outcome);
        Assert.True(File.Exists(draft));
    }

    private sealed class Letters : IMailbox
    {
        public BlockingCollection<Message> Posted { get; } = [];

        public void Post(Message message) => Posted.Add(message);

        public void Fail(Exception bug) => Posted.CompleteAdding();

        public void Ring()
        {
        }
    }
}
