using System.Collections.Immutable;
using Registry.Tui.Screens;

namespace Registry.Tui.App.Plain;

/// <summary>Says what changed, as lines; everything when another screen is on top.</summary>
internal sealed class PlainTeller
{
    private string title = "";
    private string project = "";
    private string plan = "";
    private Notice? notice;
    private HashSet<string> said = [];

    /// <summary>What was said last.</summary>
    public PlainView View { get; private set; } = new("", [], 0, 0);

    /// <summary>The next thing said is said whole.</summary>
    public void Forget() => title = "";

    public ImmutableArray<string> Tell(AppState state)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        View = PlainView.Of(state);
        if (state.TitleText != project)
        {
            lines.Add(project = state.TitleText);
        }

        if (View.Title != title)
        {
            lines.Add($"Screen {title = View.Title}");
            lines.AddRange(View.Lines);
            lines.Add(PlainView.KeysOf(state));
        }
        else
        {
            lines.AddRange(View.Lines.Where(line => !said.Contains(line)));
        }

        said = [.. View.Lines];
        if (state.PlanText != plan)
        {
            lines.Add($"Plan: {plan = state.PlanText}");
        }

        if (state.Notice is { } fresh && fresh != notice)
        {
            lines.Add(fresh.Text);
        }

        notice = state.Notice;
        return lines.ToImmutable();
    }
}
