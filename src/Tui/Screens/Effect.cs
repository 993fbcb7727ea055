using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;

namespace Registry.Tui.Screens;

/// <summary>Something to be done outside the UI thread or to the terminal; what comes of it returns as a message.</summary>
internal abstract record Effect
{
    private Effect()
    {
    }

    public sealed record Open : Effect;

    public sealed record ReadNames : Effect;

    public sealed record ReadPackage(PackageName Name) : Effect;

    public sealed record AskWhyNot(PackageName Name) : Effect;

    /// <summary>Replaces a planning that is still going on.</summary>
    public sealed record MakePlan(int Revision, ImmutableArray<ProjectEdit> Edits) : Effect;

    public sealed record Apply(ChangePlan Plan) : Effect;

    public sealed record Travel(TravelDirection Direction) : Effect;

    /// <summary>Asks what is being applied to stop.</summary>
    public sealed record CancelWork : Effect;

    public sealed record Suspend : Effect;

    public sealed record Redraw : Effect;

    public sealed record UseMouse(bool On) : Effect;

    public sealed record Quit : Effect;
}
