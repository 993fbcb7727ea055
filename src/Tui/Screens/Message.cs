using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Progress;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>Something that happened: the only way the state changes.</summary>
internal abstract record Message
{
    private Message()
    {
    }

    public sealed record Input(InputEvent Event) : Message;

    public sealed record Resized(TerminalSize Size) : Message;

    public sealed record Opened(Outcome<ProjectOverview> Outcome) : Message;

    public sealed record NamesRead(Outcome<NameIndex> Outcome) : Message;

    public sealed record PackageRead(PackageName Name, Outcome<PackageIndex> Outcome) : Message;

    public sealed record WhyNotAnswered(PackageName Name, Outcome<WhyNotReport> Outcome) : Message;

    public sealed record Planned(int Revision, Outcome<ChangePlan> Outcome) : Message;

    public sealed record Progressed(ProgressEvent Event) : Message;

    public sealed record Applied(Outcome<ChangeReport> Outcome) : Message;

    public sealed record Travelled(TravelDirection Direction, Outcome<ChangeReport> Outcome) : Message;
}
