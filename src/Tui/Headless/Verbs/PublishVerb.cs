using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class PublishVerb
{
    private const string Bump = "--bump";
    private const string SetVersion = "--set-version";

    public static Verb Row() => new("publish", VerbGroup.Publish, "review the package and publish it to a registry that is a folder", RunAsync)
    {
        Description =
        [
            "Looks at manifest, version, dependencies, lockfile, git checkout and every file, builds the archive once, and publishes exactly that. What fails stops it; --allow lets one check pass, but never one that the registry itself would refuse.",
            $"The checks are {string.Join(", ", PublishChecks.All)}.",
            "A version is published once and can only be yanked afterwards; publishing the same bytes again does nothing. With --dry-run the whole review is printed, and the exit code says whether publishing would work.",
        ],
        Flags =
        [
            new("--registry", "the registry; the one the name is routed to when left out", "NAME", Offer.Registries),
            PackVerb.Member,
            new("--workspace", "publish every member that is not private, dependencies first"),
            new("--allow", "publish although this check fails", "CHECK") { IsRepeatable = true },
            new("--fine", "say that a flagged file is fine; remembered for this content", "PATH", Offer.Files) { IsRepeatable = true },
            new(Bump, "first raise the version in the manifest", "STEP") { Choices = ["patch", "minor", "major"] },
            new(SetVersion, "first write this version into the manifest", "VERSION"),
        ],
        Examples =
        [
            new("cairn publish --dry-run", "prints the review and publishes nothing"),
            new("cairn publish --bump minor", "raises 1.3.2 to 1.4.0 and publishes that"),
            new("cairn publish --registry company --allow checkout", "publishes to `company` although not all is committed"),
            new("cairn publish --workspace", "publishes all members in the order of their dependencies"),
        ],
        Schema = "publish",
    };

    private static async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var session = call.Session;
        var request = Request(call);
        if (await EditAsync(call, request, cancellation).ConfigureAwait(false) is var edited and not ExitCodes.Done)
        {
            return edited;
        }

        if (await MarkAsync(call, request, cancellation).ConfigureAwait(false) is var marked and not ExitCodes.Done)
        {
            return marked;
        }

        return session.Globals.IsDryRun
            ? await session.AnswerAsync(session.Client.ReviewPublish(request), ReviewText.Print, ExitCode, cancellation).ConfigureAwait(false)
            : await session.ChangeAsync(
                session.Client.Publish(request),
                new ChangeTexts<PublishReview, PublishReport>(ReviewText.Print, plan => plan.MayPublish && plan.Packages.Any(package => package.IsNew), "publish?", ReviewText.PrintReport)
                {
                    ExitCode = report => report.Stopped is { } problem ? problem.Kind.ExitCode() : ExitCodes.Done,
                },
                cancellation).ConfigureAwait(false);
    }

    /// <summary>What publishing would end with.</summary>
    private static int ExitCode(PublishReview review) => review.Stops is { IsEmpty: false } stops
        ? (stops.FirstOrDefault(stop => !stop.Check.MayBeAllowed).Check ?? stops[0].Check).Problem!.Kind.ExitCode()
        : ExitCodes.Done;

    private static PublishRequest Request(Invocation call)
    {
        var allowed = call.Listed("--allow");
        if (allowed.FirstOrDefault(id => !PublishChecks.All.Contains(id)) is { } unknown)
        {
            throw new Problem(ProblemCode.UsageInvalid, $"there is no check `{Printable.Clip(unknown, 40)}`", $"the checks are {string.Join(", ", PublishChecks.All)}").Raise();
        }

        if (call.Has("--workspace") && call.Text("--package") is not null)
        {
            throw new Problem(ProblemCode.UsageInvalid, "--workspace means all members, and --package means one", "give one of the two").Raise();
        }

        return new(call.Session.Globals.Folder)
        {
            Registry = call.Text("--registry"),
            Member = call.Text("--package") is { } member ? PackageName.Parse(member) : null,
            Scope = call.Has("--workspace") ? PublishScope.Workspace : PublishScope.Package,
            Allowed = allowed,
        };
    }

    /// <summary>The version is a change of the project like any other, with a history entry that can be taken back.</summary>
    private static async Task<int> EditAsync(Invocation call, PublishRequest request, CancellationToken cancellation)
    {
        var (bump, given) = (call.Text(Bump), call.Text(SetVersion));
        if (bump is null && given is null)
        {
            return ExitCodes.Done;
        }

        var flag = bump is null ? SetVersion : Bump;
        if (call.Session.Globals.IsDryRun || request.Scope == PublishScope.Workspace || (bump is not null && given is not null))
        {
            throw new Problem(
                ProblemCode.UsageInvalid, $"{flag} changes one manifest, which {(call.Session.Globals.IsDryRun ? "--dry-run" : bump is not null && given is not null ? SetVersion : "--workspace")} does not go with",
                "first `cairn edit --set-version VERSION`, then publish").Raise();
        }

        var version = given is not null ? SemanticVersion.Parse(given) : await NextAsync(call, request, bump!, cancellation).ConfigureAwait(false);
        var change = call.Session.Client.Edit(
            new(request.Folder) { Member = request.Member, Scope = InstallScope.LockfileOnly }, [new ProjectEdit.SetVersion(null, version)]);
        var outcome = await change.RunAsync(static (_, _) => Task.FromResult(true), call.Session.Progress, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return outcome is Outcome<ChangeReport>.Failed(var problem) ? call.Session.Fail(problem) : ExitCodes.Done;
    }

    private static async Task<SemanticVersion> NextAsync(Invocation call, PublishRequest request, string bump, CancellationToken cancellation)
    {
        var outcome = await call.Session.Client.PackageVersion(request).RunAsync(Silence.Instance, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return outcome switch
        {
            Outcome<SemanticVersion>.Done(var version) => ReleaseChanges.Bump(version, Enum.Parse<VersionStep>(bump, ignoreCase: true)),
            Outcome<SemanticVersion>.Failed(var problem) => throw problem.Raise(),
            _ => throw new OperationCanceledException(cancellation),
        };
    }

    private static async Task<int> MarkAsync(Invocation call, PublishRequest request, CancellationToken cancellation)
    {
        var paths = call.All("--fine");
        if (paths.IsEmpty)
        {
            return ExitCodes.Done;
        }

        if (call.Session.Globals.IsDryRun)
        {
            throw new Problem(ProblemCode.UsageInvalid, "--fine remembers something, and --dry-run does not", "give one of the two").Raise();
        }

        switch (await call.Session.Client.ReviewPublish(request).RunAsync(call.Session.Progress, cancellation).ConfigureAwait(false))
        {
            case Outcome<PublishReview>.Done(var review):
                return await MarkAsync(call.Session, review, paths, cancellation).ConfigureAwait(false);
            case Outcome<PublishReview>.Failed(var problem):
                return call.Session.Fail(problem);
            default:
                return ExitCodes.Cancelled;
        }
    }

    private static async Task<int> MarkAsync(Session session, PublishReview review, ImmutableArray<string> paths, CancellationToken cancellation)
    {
        foreach (var path in paths)
        {
            var package = review.Packages.FirstOrDefault(package => package.Files.Any(file => file.Path == path && !file.Flags.IsEmpty)) ?? review.Packages[0];
            var outcome = await session.Client.MarkFile(package, path, FineMark.IsFine)
                .RunAsync(static (_, _) => Task.FromResult(true), Silence.Instance, cancellation).ConfigureAwait(false);
            if (outcome is Outcome<MarkReport>.Failed(var problem))
            {
                return session.Fail(problem);
            }
        }

        return ExitCodes.Done;
    }
}
