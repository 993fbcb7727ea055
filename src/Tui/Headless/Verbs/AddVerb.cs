using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;

namespace Registry.Tui.Headless.Verbs;

internal static class AddVerb
{
    public static Verb Row() => new("add", VerbGroup.Project, "add dependencies to the manifest and install them", RunAsync)
    {
        Description =
        [
            "Without a constraint the newest suitable release is taken and written as ^VERSION. What is there already is changed.",
        ],
        Arguments = [new("PACKAGE", ArgumentCount.Any, "NAME or NAME@CONSTRAINT (`cairn help constraints`)", Offer.Packages)],
        Flags =
        [
            new("--dev", "needed only to work on this package"),
            new("--build", "needed to build this package"),
            new("--features", "turn on features of the package", "A,B") { IsRepeatable = true },
            new("--no-default-features", "leave its feature `default` off"),
            new("--optional", "used only when a feature turns it on"),
            new("--rename", "call it by another name here", "NAME"),
            new("--path", "take it from a folder", "DIR", Offer.Folders),
            new("--git", "take it from a git repository", "URL"),
            new("--tag", "at this tag", "NAME"),
            new("--branch", "at this branch", "NAME"),
            new("--rev", "at this commit", "HASH"),
            new("--registry", "take it from this registry", "NAME", Offer.Registries),
            new("--from-cargo", "add all dependencies of a Cargo.toml", "FILE", Offer.Files),
            new("--from-npm", "add all dependencies of a package.json", "FILE", Offer.Files),
            ProjectChanges.Member,
            ProjectChanges.NoInstall,
            ProjectChanges.Repair,
            ProjectChanges.Reason,
        ],
        Examples =
        [
            new("cairn add log", "adds the newest log"),
            new("cairn add log@^1.2 http@~2.0", "adds two, with constraints"),
            new("cairn add testkit@^2.0 --dev", "adds a development dependency"),
            new("cairn add chaos-lib@0.5 --features scheduling,experimental", "adds it with two of its features"),
            new("cairn add shared --path ../shared", "adds a folder"),
            new("cairn add repo --git https://example.org/user/repo --tag v1.0", "adds a git repository at a tag"),
            new("cairn add --from-cargo Cargo.toml", "adds what a Cargo.toml depends on, and lists what cannot be carried over"),
        ],
        Schema = "change",
    };

    /// <summary>The packages that a call names itself.</summary>
    public static ImmutableArray<ProjectEdit.Add> Edits(Invocation call)
    {
        var packages = call.Arguments("PACKAGE").Select(text => Parse(call, text)).ToImmutableArray();
        return packages.Length > 1 && (call.Text("--path") ?? call.Text("--git") ?? call.Text("--rename")) is not null
            ? throw new Problem(ProblemCode.UsageInvalid, "--path, --git and --rename are for one package", "add the packages one by one").Raise()
            : packages;
    }

    private static async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var packages = Edits(call);
        foreach (var (flag, kind) in new[] { ("--from-cargo", ForeignKind.Cargo), ("--from-npm", ForeignKind.Npm) })
        {
            if (call.Text(flag) is { } file)
            {
                packages = packages.AddRange(await ReadForeignAsync(call, kind, file, cancellation).ConfigureAwait(false));
            }
        }

        if (packages.IsEmpty)
        {
            throw new Problem(ProblemCode.UsageInvalid, "`cairn add` needs a PACKAGE, --from-cargo or --from-npm", "for example `cairn add log@^1.2`").Raise();
        }

        var request = ProjectChanges.Request(call) with { Selection = InstallSelection.Default };
        return await ProjectChanges.RunAsync(call, call.Session.Client.Add(request, packages), [.. packages], cancellation).ConfigureAwait(false);
    }

    private static async Task<ImmutableArray<ProjectEdit.Add>> ReadForeignAsync(
        Invocation call, ForeignKind kind, string file, CancellationToken cancellation)
    {
        var folder = call.Session.Globals.Folder;
        var outcome = await RegistryClient.ReadForeign(folder, kind, Path.GetFullPath(file, folder))
            .RunAsync(call.Session.Progress, cancellation).ConfigureAwait(false);
        switch (outcome)
        {
            case Outcome<ForeignDependenciesReport>.Done(var report):
                if (call.Session.Globals is { IsQuiet: false, Output: OutputForm.Text })
                {
                    MigrateVerb.PrintRemarks(call.Session.Error, report.Remarks);
                    call.Session.Error.Flush();
                }

                return report.Edits;
            case Outcome<ForeignDependenciesReport>.Failed(var problem):
                throw problem.Raise();
            default:
                throw new OperationCanceledException(cancellation);
        }
    }

    private static ProjectEdit.Add Parse(Invocation call, string text)
    {
        // The first character may be the @ of a scope in the npm style; then the next one divides.
        var at = text.IndexOf('@', Math.Min(1, text.Length));
        var name = PackageName.Parse(at < 0 ? text : text[..at]);
        var constraint = at < 0 ? null : Constraint.Parse(text[(at + 1)..]);
        return new(name, constraint, ProjectChanges.Group(call) ?? DependencyGroup.Normal, Origin(call))
        {
            Alias = call.Text("--rename"),
            IsOptional = call.Has("--optional"),
            UsesDefaultFeatures = !call.Has("--no-default-features"),
            Features = call.Listed("--features"),
        };
    }

    private static DependencyOrigin Origin(Invocation call)
    {
        var (path, git, registry) = (call.Text("--path"), call.Text("--git"), call.Text("--registry"));
        if (new[] { path, git, registry }.Count(origin => origin is not null) > 1)
        {
            throw new Problem(ProblemCode.UsageInvalid, "--path, --git and --registry contradict each other", "give one of them").Raise();
        }

        var reference = Reference(call);
        if (reference.Kind != GitReferenceKind.DefaultBranch && git is null)
        {
            throw new Problem(ProblemCode.UsageInvalid, "--tag, --branch and --rev need --git", "add --git URL").Raise();
        }

        return path is not null ? new DependencyOrigin.Path(path.Replace('\\', '/'))
            : git is not null ? new DependencyOrigin.Git(git, reference)
            : registry is not null ? new DependencyOrigin.Feed(registry)
            : DependencyOrigin.Feed.Routed;
    }

    private static GitReference Reference(Invocation call)
    {
        var given = new (string? Name, GitReferenceKind Kind)[]
        {
            (call.Text("--tag"), GitReferenceKind.Tag), (call.Text("--branch"), GitReferenceKind.Branch), (call.Text("--rev"), GitReferenceKind.Revision),
        }.Where(reference => reference.Name is not null).ToArray();
        return given.Length switch
        {
            0 => GitReference.Default,
            1 => new(given[0].Kind, given[0].Name!),
            _ => throw new Problem(ProblemCode.UsageInvalid, "--tag, --branch and --rev contradict each other", "give one of them").Raise(),
        };
    }
}
