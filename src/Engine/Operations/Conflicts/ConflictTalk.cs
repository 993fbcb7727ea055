using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>
/// A change that may meet a conflict, and the session on that conflict: project and package lists are read once, and every
/// change of the wishes goes on from there. One call at a time; nothing is ever written.
/// </summary>
public sealed class ConflictTalk : IDisposable
{
    private readonly RegistryClient _client;
    private readonly SemaphoreSlim _turn = new(1);

    private Talk? _talk;
    private TimeSpan _spent;

    internal ConflictTalk(RegistryClient client, ChangeRequest request, ImmutableArray<ProjectEdit> edits) =>
        (_client, Request, Edits) = (client, request, edits);

    public ChangeRequest Request { get; }

    /// <summary>What the change consists of; empty for an install.</summary>
    public ImmutableArray<ProjectEdit> Edits { get; }

    /// <summary>Goes on to the next thing worth showing under these wishes; complete when nothing more comes.</summary>
    public Task<Outcome<ConflictReport>> NextAsync(ImmutableArray<Wish> wishes, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new Asking(this, wishes, IsLast: false).RunAsync(progress, cancellation);

    /// <summary>Goes on to the end under these wishes.</summary>
    public Task<Outcome<ConflictReport>> FinishAsync(ImmutableArray<Wish> wishes, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new Asking(this, wishes, IsLast: true).RunAsync(progress, cancellation);

    /// <summary>The whole proof of a conflict in words.</summary>
    public async Task<Derivation> DeriveAsync(Explanation explanation, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Derivation.Of(explanation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _talk?.Sources.Dispose();
        _turn.Dispose();
    }

    private async Task<ConflictReport> AskAsync(ImmutableArray<Wish> wishes, bool isLast, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var started = _client.Settings.Clock.GetTimestamp();
            if (_talk is null || (_talk.ResolvesAsItIs && !_talk.Wishes.SequenceEqual(wishes)))
            {
                _talk?.Sources.Dispose();
                _talk = null;
                _talk = await OpenAsync(wishes, progress, cancellation).ConfigureAwait(false);
            }

            if (_talk.Session is not { } session)
            {
                return new(null, []) { Locked = _talk.Locked, Idle = IdleOf(_talk, wishes) };
            }

            if (!session.Wishes.SequenceEqual(wishes))
            {
                session.Wish(wishes);
                _spent = TimeSpan.Zero;
            }

            var state = await StepAsync(_talk, isLast, progress, cancellation).ConfigureAwait(false);
            _spent += _client.Settings.Clock.GetElapsedTime(started);
            return Report(_talk, state) with { Elapsed = _spent, Idle = IdleOf(_talk, wishes) };
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Talk> OpenAsync(ImmutableArray<Wish> wishes, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var project = OpenedProject.Open(Request.Folder, _client.Disk);
        var locked = LockPlanning.Read(project.Lockfile);
        var sources = new LazySources(_client, project, locked, Edits);
        var asOf = Request.AsOf ?? project.RootManifest.Manifest.Resolution.AsOf;
        var changes = new ManifestChanges(project, project.ManifestFor(Request.Folder, Request.Member), Request.Folder);
        await changes.ApplyAsync(Edits, (name, origin) => sources.NewestAsync(name, origin, asOf, cancellation)).ConfigureAwait(false);
        var manifests = changes.Manifests;
        var planning = new LockPlanning(project, manifests, _client.Settings.Clock)
        {
            Registries = _client.RegistryNames(project),
            Engines = _client.Engines,
            AsOf = Request.AsOf,
        };
        var request = planning.Request(locked, changes) with { Wishes = [] };
        var talk = new Talk(project, manifests, locked, sources, null);
        var session = await ConflictOfAsync(talk, request, progress, cancellation).ConfigureAwait(false);
        if (session is not null)
        {
            return talk with { Session = session };
        }

        // What resolves as it is may still not resolve as it is wished.
        session = wishes.IsEmpty ? null : await ConflictOfAsync(talk, request with { Wishes = wishes }, progress, cancellation).ConfigureAwait(false);
        return talk with { Session = session, Wishes = wishes, ResolvesAsItIs = true };
    }

    private async Task<ConflictSession?> ConflictOfAsync(Talk talk, ResolutionRequest request, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var resolver = new Resolver(request);
        return await ResolveAsync(talk, resolver, progress, cancellation).ConfigureAwait(false) is ResolverStep.Unsolvable ? resolver.OpenSession() : null;
    }

    private async Task<ResolverStep> ResolveAsync(Talk talk, Resolver resolver, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        while (true)
        {
            switch (await Task.Run(resolver.Step, cancellation).ConfigureAwait(false))
            {
                case ResolverStep.NeedsPackages needs:
                    await ReadingOf(talk, progress).SupplyAsync(needs.Keys, resolver.Supply, resolver.SupplyMissing, cancellation).ConfigureAwait(false);
                    break;
                case ResolverStep.Undecided undecided:
                    throw Resolving.Undecided(undecided.Turns);
                case var step:
                    return step;
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task<ConflictState> StepAsync(Talk talk, bool isLast, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var session = talk.Session!;
        while (true)
        {
            switch (await Task.Run(session.Step, cancellation).ConfigureAwait(false))
            {
                case SessionStep.NeedsPackages needs:
                    await ReadingOf(talk, progress).SupplyAsync(needs.Keys, session.Supply, session.SupplyMissing, cancellation).ConfigureAwait(false);
                    break;
                case SessionStep.Changed changed when !isLast:
                    return changed.State;
                case SessionStep.Done done:
                    return done.State;
                default:
                    break;
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    private Resolving ReadingOf(Talk talk, IProgress<ProgressEvent> progress) => new(talk.Sources.Value, _client.Settings.Clock, progress) { Looked = talk.Looked };

    private ImmutableArray<IdleWish> IdleOf(Talk talk, ImmutableArray<Wish> wishes) => IdleWish.Of(
        wishes, [.. talk.Project.Manifests, .. talk.Manifests], talk.Locked, talk.Looked, Request.AsOf ?? talk.Project.RootManifest.Manifest.Resolution.AsOf);

    private ConflictReport Report(Talk talk, ConflictState state)
    {
        var named = (state.Deadlock?.Ways ?? []).Select(way => way.Offer).OfType<OfferedRepair>().Concat(state.RuledOut.Select(ruledOut => ruledOut.Offer));
        return new(state, [.. state.All.Concat(named).DistinctBy(offer => offer.Repair.Id).Select(offer => OfferOf(talk, state, offer))]) { Locked = talk.Locked };
    }

    private ConflictOffer OfferOf(Talk talk, ConflictState state, OfferedRepair offer) => new(
        offer,
        Differences(talk, offer.Repair),
        offer.Repair.Difference.Changes.Where(change => change.After is not null && change.Before?.Id != change.After.Id)
            .Sum(change => offer.Repair.Resolution.Packages.First(package => package.Id == change.After!.Id).Release.Archive?.Size ?? 0),
        CommandText.For(Edits.Add(new ProjectEdit.ApplyRepair(offer.Repair)), state.Wishes) + CommandText.AsOf(Request));

    private static ImmutableArray<TextDifference> Differences(Talk talk, Repair repair)
    {
        var differences = ImmutableArray.CreateBuilder<TextDifference>();
        foreach (var (old, edited) in talk.Project.Manifests.Zip(talk.Manifests))
        {
            var isRoot = old.File == talk.Project.RootManifest.File;
            var document = repair.Edits
                .Where(edit => edit.File == old.File || (isRoot && talk.Project.Manifests.All(manifest => manifest.File != edit.File)))
                .Aggregate(edited.Document, ManifestChanges.Repaired);
            var difference = TextDifference.Between(old.File, Encoding.UTF8.GetString(old.Bytes), document.Text);
            if (!difference.IsEmpty)
            {
                differences.Add(difference);
            }
        }

        return differences.ToImmutable();
    }

    private sealed record Talk(
        Project Project, ImmutableArray<ProjectManifest> Manifests, Lockfile? Locked, LazySources Sources, ConflictSession? Session)
    {
        /// <summary>The packages whose releases were read.</summary>
        public HashSet<PackageName> Looked { get; } = [];

        /// <summary>Only wishes make it a conflict, if it is one: with other wishes it is another.</summary>
        public bool ResolvesAsItIs { get; init; }

        /// <summary>Those it was opened with.</summary>
        public ImmutableArray<Wish> Wishes { get; init; } = [];
    }

    private sealed class Asking(ConflictTalk talk, ImmutableArray<Wish> wishes, bool IsLast) : Query<ConflictReport>
    {
        protected override Task<ConflictReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
            Task.Run(() => talk.AskAsync(wishes, IsLast, progress, cancellation), cancellation);
    }
}
