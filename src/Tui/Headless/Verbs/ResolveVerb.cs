using System.Collections.Immutable;
using Registry.Engine.Formats.Lockfiles;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;
using Registry.Tui.Headless.Output;
using Registry.Tui.Headless.Parsing;

namespace Registry.Tui.Headless.Verbs;

/// <summary>A conflict session without the screen: what it offers under which wishes, and taking one.</summary>
internal static class ResolveVerb
{
    private const string List = "--list";
    private const string Take = "--take";
    private const string With = "--with";
    private const string Reason = "--reason";
    private const int LinesShown = 8;

    public static Verb Row() => new("resolve", VerbGroup.Project, "talk over a conflict: list its repairs, say what must stay, take one", RunAsync)
    {
        Description =
        [
            "A conflict is met by the manifest as it is, or by what --with asks for. Every repair listed is proven by resolving it in full; its id and letter are the same on every machine.",
            "--keep and --never say what must stay and what must not be. They hold in every repair; what they rule out stays listed with the reason, and when they leave nothing, the ones that block each other are named.",
            "Overrides force a version on packages that do not ask for it. They are listed apart, because nothing says that they work, and taking one needs a --reason, which is written beside it.",
            "Without --list and --take a change that meets no conflict is made; one that meets a conflict lists it. Exit code 4 when there is a conflict and nothing was taken.",
        ],
        Flags =
        [
            new(List, "list the repairs, and change nothing"),
            new(Take, "apply the repair with this id or letter; again for a conflict that is left", "ID") { IsRepeatable = true },
            new(WishText.Keep, "this package must stay at this version; without one, at the locked version", "NAME[@VERSION]", Offer.Packages) { IsRepeatable = true },
            new(WishText.Never, "these versions must not be used; @prerelease, @copies and @override for pre-releases, two copies, overrides", "NAME[@RANGE]", Offer.Packages) { IsRepeatable = true },
            new(WishText.KeepLine, "this line of the manifest must stay as it is; NAME:dev and NAME:build for the other tables", "NAME", Offer.Dependencies) { IsRepeatable = true },
            new(WishText.KeepAsOf, "the as-of date must stay"),
            new(With, "ask for this too: a command line of add, remove, update or edit", "COMMAND") { IsRepeatable = true },
            new(Reason, "why, written beside an override", "TEXT"),
            ProjectChanges.Member,
            ProjectChanges.NoInstall,
            ProjectChanges.AsOf,
        ],
        Examples =
        [
            new("cairn resolve --list", "says why the manifest cannot be resolved, and what would help"),
            new("cairn resolve --with 'add web-kit@^2' --list", "the same for a change that is not made yet"),
            new("cairn resolve --with 'add web-kit@^2' --keep metrics --never auth-kit@prerelease --take A", "takes the best repair that leaves metrics where it is and needs no pre-release of auth-kit"),
            new("cairn --headless resolve --list --output json", "all of it for a script, with ids"),
        ],
        Schema = "conflict",
    };

    private static async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var request = ProjectChanges.Request(call);
        ImmutableArray<ProjectEdit> edits = [.. call.All(With).SelectMany(line => EditsOf(call, line))];
        var taken = call.All(Take);
        if (taken.Length > 0 && call.Has(List))
        {
            throw new Problem(ProblemCode.UsageInvalid, $"{List} changes nothing and {Take} does", "give one of the two").Raise();
        }

        var wishes = await WishesAsync(call, cancellation).ConfigureAwait(false);
        foreach (var id in taken)
        {
            var report = await AskAsync(call, request, edits, wishes, cancellation).ConfigureAwait(false);
            edits = edits.Add(new ProjectEdit.ApplyRepair(RepairOf(report, id, call.Text(Reason))));
        }

        if (taken.IsEmpty && await AskAsync(call, request, edits, wishes, cancellation).ConfigureAwait(false) is var talked && (call.Has(List) || talked.State is not null))
        {
            call.Session.Answer(talked, printer => ResolveText.Print(printer, talked));
            return talked.State is null ? ExitCodes.Done : ProblemCode.NoResolution.Kind().ExitCode();
        }

        return await call.Session.ChangeAsync(
            call.Session.Client.Edit(request with { Wishes = wishes }, edits), ProjectChanges.Texts, cancellation).ConfigureAwait(false);
    }

    private static async Task<ConflictReport> AskAsync(
        Invocation call, ChangeRequest request, ImmutableArray<ProjectEdit> edits, ImmutableArray<Wish> wishes, CancellationToken cancellation)
    {
        using var talk = call.Session.Client.TalkOver(request, edits);
        var report = Reported(await talk.FinishAsync(wishes, call.Session.Progress, cancellation).ConfigureAwait(false), cancellation);
        return report.Idle.FirstOrDefault(idle => idle.Wish is Wish.KeepLine or Wish.KeepAsOf) is { } idle ? throw Nothing(idle).Raise() : report;
    }

    /// <summary>A package may come in by another version of something; a line or a date is there or is not.</summary>
    private static Problem Nothing(IdleWish idle) => idle.Wish is Wish.KeepAsOf
        ? new(ProblemCode.UsageInvalid, "there is no as-of date to keep", $"leave out {WishText.KeepAsOf}, or give a date with --as-of")
        : new(
            ProblemCode.UsageInvalid, $"the manifest has no line `{Printable.Clip(WishText.Value(idle.Wish)!, 80)}` to keep",
            Nearest.Of(WishText.Value(idle.Wish)!, idle.Known) is { } near ? $"did you mean `{WishText.KeepLine} {near}`?"
            : idle.Known.IsEmpty ? $"leave out {WishText.KeepLine}: the manifest has no dependencies"
            : $"it has {string.Join(", ", idle.Known.Take(LinesShown))}{(idle.Known.Length > LinesShown ? " and more" : "")}");

    private static T Reported<T>(Outcome<T> outcome, CancellationToken cancellation) => outcome switch
    {
        Outcome<T>.Done done => done.Report,
        Outcome<T>.Failed failed => throw failed.Problem.Raise(),
        _ => throw new OperationCanceledException(cancellation),
    };

    private static Repair RepairOf(ConflictReport report, string id, string? reason)
    {
        if (report.State is not { } state)
        {
            throw new Problem(ProblemCode.UsageInvalid, "there is no conflict to repair", $"leave out {Take} {Printable.Clip(id, 80)}").Raise();
        }

        var repair = (report.Find(id) ?? throw NotOffered(state, id).Raise()).Repair;
        return ProjectChanges.WithReason(repair, id, reason);
    }

    private static Problem NotOffered(ConflictState state, string id)
    {
        var ruledOut = state.RuledOut.FirstOrDefault(candidate => candidate.Offer.Repair.Id == id || string.Equals(candidate.Offer.Letter, id, StringComparison.OrdinalIgnoreCase));
        return ruledOut is not null
            ? new(ProblemCode.NoResolution, $"`{Printable.Clip(id, 80)}` is ruled out: you said that {string.Join(" and that ", ruledOut.By.Select(wish => wish.Words))}", "leave that out, or take another repair")
            : new(ProblemCode.UsageInvalid, $"the conflict has no repair `{Printable.Clip(id, 80)}`",
                state.All.Any() ? $"it has {string.Join(", ", state.All.Select(offer => offer.Repair.Id))}" : $"run it with {List} to see the conflict");
    }

    private static async Task<ImmutableArray<Wish>> WishesAsync(Invocation call, CancellationToken cancellation)
    {
        var needsLock = call.All(WishText.Keep).Any(text => text.IndexOf('@', Math.Min(1, text.Length)) < 0);
        var locked = needsLock ? await LockedAsync(call, cancellation).ConfigureAwait(false) : null;
        ImmutableArray<Wish> wishes =
        [
            .. call.All(WishText.Keep).Select(text => WishText.ParseKeep(text, locked)),
            .. call.All(WishText.KeepLine).Select(WishText.ParseKeepLine),
            .. call.Has(WishText.KeepAsOf) ? [new Wish.KeepAsOf()] : Array.Empty<Wish>(),
            .. call.All(WishText.Never).Select(WishText.ParseNever),
        ];
        return wishes.Length <= WishList.CountMax ? wishes : throw new Problem(
            ProblemCode.UsageInvalid, $"{wishes.Length} wishes are too many: a session holds {WishList.CountMax}", "leave out those that matter least").Raise();
    }

    private static async Task<Lockfile?> LockedAsync(Invocation call, CancellationToken cancellation)
    {
        using var look = call.Session.Client.Browse(call.Session.Globals.Folder);
        return Reported(await look.Overview.RunAsync(call.Session.Progress, cancellation).ConfigureAwait(false), cancellation).Lockfile;
    }

    /// <summary>The edits that a command line of another verb stands for.</summary>
    private static IEnumerable<ProjectEdit> EditsOf(Invocation call, string line)
    {
        var words = ShellWords.Split(line);
        if (words is not [var name, ..] || VerbTable.Find(name) is not { Name: "add" or "remove" or "update" or "edit" } verb)
        {
            throw new Problem(
                ProblemCode.UsageInvalid, $"`{Printable.Clip(line, 60)}` is not a change of the manifest", $"write {With} 'add NAME@CONSTRAINT', or remove, update or edit").Raise();
        }

        if (verb.Name == "add" && words.Length == 1)
        {
            throw new Problem(ProblemCode.UsageInvalid, $"`{Printable.Clip(line, 60)}` names no package", $"write {With} 'add NAME@CONSTRAINT'").Raise();
        }

        var inner = new Invocation(verb, CommandLine.Parse(verb, words.AsSpan(1..).ToArray(), _ => null), call.Session);
        return verb.Name switch
        {
            "add" => AddVerb.Edits(inner),
            "remove" => RemoveVerb.Edits(inner),
            "update" => UpdateVerb.Edits(inner),
            _ => EditVerb.Edits(inner),
        };
    }
}
