using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A project's manifests with edits put in, and what the edits want of the resolution. Nothing is written.</summary>
internal sealed class ManifestChanges
{
    private readonly Project _project;
    private readonly ProjectManifest _target;
    private readonly string _folder;
    private readonly Dictionary<string, ManifestDocument> _documents;
    private readonly List<PackageName> _unlocked = [];
    private readonly List<PackageId> _precise = [];
    private readonly List<PackageId> _acceptedYanked = [];
    private bool _unlocksAll;

    /// <param name="target">The manifest that added and removed dependencies are meant for.</param>
    /// <param name="folder">Absolute; what folders of added path dependencies are relative to.</param>
    public ManifestChanges(Project project, ProjectManifest target, string folder)
    {
        (_project, _target, _folder) = (project, target, folder);
        _documents = project.Manifests.ToDictionary(manifest => manifest.File, manifest => manifest.Document);
    }

    /// <summary>Versions to take whatever is newer.</summary>
    public IReadOnlyList<PackageId> Precise => _precise;

    /// <summary>Yanked releases that a repair takes into the lockfile.</summary>
    public ImmutableArray<PackageId> AcceptedYanked => [.. _acceptedYanked];

    public Unlocking Unlocking =>
        _unlocksAll ? Unlocking.Everything.Instance
        : _unlocked.Count > 0 ? new Unlocking.Only([.. _unlocked.Distinct()])
        : Unlocking.Nothing.Instance;

    /// <summary>Names whose git checkouts may move.</summary>
    public ImmutableHashSet<PackageName> Unlocked =>
        _unlocksAll ? [.. _documents.Values.SelectMany(d => d.Manifest.Dependencies).Select(d => d.Name)] : [.. _unlocked];

    /// <summary>The manifests as they will be, in the project's order.</summary>
    public ImmutableArray<ProjectManifest> Manifests
    {
        get
        {
            var workspace = _documents[_project.RootManifest.File].Manifest.Workspace;
            return [.. _project.Manifests.Select(manifest => manifest with
            {
                Document = _documents[manifest.File],
                Manifest = ProjectReader.Effective(_documents[manifest.File].Manifest, workspace, manifest.Folder),
            })];
        }
    }

    /// <param name="newest">The newest release that may be chosen of a package, for constraints left out.</param>
    public async Task ApplyAsync(ImmutableArray<ProjectEdit> edits, Func<PackageName, DependencyOrigin, Task<Release>> newest)
    {
        foreach (var edit in edits)
        {
            switch (edit)
            {
                case ProjectEdit.Add add:
                    await AddAsync(add, newest).ConfigureAwait(false);
                    break;
                case ProjectEdit.Update { Reach: UpdateReach.Latest } update:
                    await MoveUpAsync(update, newest).ConfigureAwait(false);
                    Unlock(update);
                    break;
                default:
                    Apply(edit);
                    break;
            }
        }
    }

    private void Apply(ProjectEdit edit)
    {
        switch (edit)
        {
            case ProjectEdit.Remove remove:
                Edit(_target, document => document.WithoutDependency(remove.Group ?? GroupOf(document, remove.LocalName), remove.LocalName));
                break;
            case ProjectEdit.Constrain constrain:
                Edit(_target, document => document.WithConstraint(constrain.Group, constrain.LocalName, constrain.Constraint));
                break;
            case ProjectEdit.Update update:
                Unlock(update);
                break;
            case ProjectEdit.Override replaced:
                EditRoot(document => document.WithOverride(new(replaced.Name, replaced.Constraint, DependencyOrigin.Feed.Routed, replaced.Reason, null)));
                break;
            case ProjectEdit.RemoveOverride remove:
                EditRoot(document => document.WithoutOverride(remove.Name));
                break;
            case ProjectEdit.Duplicates duplicates:
                EditRoot(document => document.WithDuplicates(duplicates.Policy));
                break;
            case ProjectEdit.AllowPrereleases allow:
                EditRoot(document => document.WithPrereleasesOf(allow.Name));
                break;
            case ProjectEdit.SetVersion version:
                Edit(PackageOf(version.Member), document => document.WithVersion(version.Version));
                break;
            case ProjectEdit.LeaveOut left:
                Edit(PackageOf(left.Member), document => document.WithExcluded(left.Pattern));
                break;
            case ProjectEdit.ApplyRepair repair:
                Repair(repair.Repair);
                break;
            case ProjectEdit.AcceptRisk:
                // No manifest says it; see AuditFile.
                break;
            case ProjectEdit.Fix fix:
                Fix(fix);
                break;
            default:
                throw new InvalidOperationException($"edit {edit.GetType().Name}");
        }
    }

    private ProjectManifest PackageOf(PackageName? member)
    {
        var manifest = member is null ? _target : _project.ManifestFor(_folder, member);
        return manifest.Manifest.Package is not null ? manifest : throw new Problem(
            ProblemCode.ManifestInvalid, $"`{manifest.File}` has no [package] to change", "name a member of the workspace with --package NAME").Raise();
    }

    private async Task AddAsync(ProjectEdit.Add add, Func<PackageName, DependencyOrigin, Task<Release>> newest)
    {
        var origin = add.Origin is DependencyOrigin.Path path ? FromManifest(path) : add.Origin;
        var constraint = add.Constraint ?? (origin is DependencyOrigin.Feed
            ? Constraint.Caret((await newest(add.Name, origin).ConfigureAwait(false)).Id.Version)
            : Constraint.Any);
        var dependency = new Dependency(
            add.Name, constraint, add.Group, origin, add.Alias, add.IsOptional, add.UsesDefaultFeatures, add.Features);
        Edit(_target, document => Free(document, dependency).WithDependency(dependency));
        // An explicit add of what is there already means "this, now".
        _unlocked.Add(add.Name);
    }

    /// <summary>A local name stands for one package: another that wants it would take its line away unasked.</summary>
    private static ManifestDocument Free(ManifestDocument document, Dependency wanted)
    {
        var taken = document.Manifest.Dependencies.FirstOrDefault(d => d.LocalName == wanted.LocalName && d.Group == wanted.Group && d.Name != wanted.Name);
        return taken is null ? document : throw new Problem(
            ProblemCode.DependencyExists, $"`{wanted.LocalName}` already stands for the package {taken.Name} in {document.File}",
            $"choose another name with `--rename`, or run `cairn remove {wanted.LocalName}` first").Raise();
    }

    /// <summary>The user says folders as seen from where the command runs; the manifest as seen from itself.</summary>
    private DependencyOrigin.Path FromManifest(DependencyOrigin.Path path)
    {
        var absolute = Path.GetFullPath(path.Folder, _folder);
        return new(ProjectPaths.Relative(Path.Combine(_project.Root, _target.Folder), absolute));
    }

    private static DependencyGroup GroupOf(ManifestDocument document, string localName)
    {
        var groups = document.Manifest.Dependencies.Where(d => d.LocalName == localName || (PackageName.TryParse(localName, out var name) && d.Name == name))
            .Select(d => d.Group).Distinct().ToList();
        return groups.Count switch
        {
            0 => DependencyGroup.Normal,
            1 => groups[0],
            _ => throw new Problem(
                ProblemCode.UsageInvalid, $"`{localName}` is in more than one table of {document.File}",
                $"say which: `cairn remove {localName} --dev` or `--build`; plain dependencies go with the others named").Raise(),
        };
    }

    /// <summary>Moves constraints that keep the newest release out; what a member inherits is moved in the workspace's table.</summary>
    private async Task MoveUpAsync(ProjectEdit.Update update, Func<PackageName, DependencyOrigin, Task<Release>> newest)
    {
        foreach (var manifest in Manifests)
        {
            foreach (var dependency in manifest.Manifest.Dependencies.Where(d => d.Origin is DependencyOrigin.Feed && (update.Name is null || d.Name == update.Name)))
            {
                var release = await newest(dependency.Name, dependency.Origin).ConfigureAwait(false);
                if (!dependency.Constraint.Admits(release.Id.Version) && !IsAhead(dependency.Constraint, release.Id.Version))
                {
                    MoveUp(manifest, dependency, ConstraintBump.To(dependency.Constraint, release.Id.Version));
                }
            }
        }
    }

    /// <summary>Whether everything the constraint admits is newer, as with one that names a pre-release.</summary>
    private static bool IsAhead(Constraint constraint, SemanticVersion version) =>
        !constraint.Versions.Overlaps(VersionSet.AtMost(version));

    private void MoveUp(ProjectManifest manifest, Dependency dependency, Constraint constraint)
    {
        var written = manifest.Document.Manifest.Dependencies.First(d => d.Group == dependency.Group && d.LocalName == dependency.LocalName);
        if (written.IsInherited)
        {
            EditRoot(document => document.WithWorkspaceConstraint(dependency.LocalName, constraint));
        }
        else
        {
            Edit(manifest, document => document.WithConstraint(dependency.Group, dependency.LocalName, constraint));
        }
    }

    private void Unlock(ProjectEdit.Update update)
    {
        _unlocksAll |= update.Name is null;
        if (update is { Name: { } name, Precise: { } version })
        {
            _precise.Add(new(name, version));
        }
        else if (update.Name is { } only)
        {
            _unlocked.Add(only);
        }
    }

    private void Repair(Repair repair)
    {
        _acceptedYanked.AddRange(repair.AcceptedYanked);
        foreach (var edit in repair.Edits)
        {
            var manifest = _project.Manifests.FirstOrDefault(m => m.File == edit.File) ?? _project.RootManifest;
            Edit(manifest, document => Repaired(document, edit));
        }
    }

    /// <summary>A constraint that a member inherits is moved where it is written.</summary>
    private void Fix(ProjectEdit.Fix fix)
    {
        foreach (var edit in fix.Edits)
        {
            var manifest = Manifests.FirstOrDefault(m => m.File == edit.File);
            if (manifest?.Manifest.Dependencies.FirstOrDefault(d => d.Group == edit.Group && d.LocalName == edit.LocalName) is { } dependency)
            {
                MoveUp(manifest, dependency, edit.To);
            }
        }
    }

    /// <summary>A manifest with one edit of a repair in it.</summary>
    internal static ManifestDocument Repaired(ManifestDocument document, ManifestEdit edit) => edit switch
    {
        ManifestEdit.ChangeConstraint change => document.WithConstraint(change.Group, change.LocalName, change.To),
        ManifestEdit.RemoveDependency remove => document.WithoutDependency(remove.Group, remove.LocalName),
        ManifestEdit.RenameDependency rename => Changed(document, rename.Group, rename.LocalName, d => d with { Name = rename.To }),
        ManifestEdit.ChangeOrigin change => Changed(document, change.Group, change.LocalName, d => d with { Origin = change.To }),
        ManifestEdit.RemoveFeature remove => Changed(
            document, remove.Group, remove.LocalName, d => d with { Features = d.Features.Remove(remove.Feature) }),
        ManifestEdit.AddOverride add => document.WithOverride(new(add.Name, add.Constraint, add.Origin, add.Reason, null)),
        ManifestEdit.RemoveOverride remove => document.WithoutOverride(remove.Name),
        ManifestEdit.AllowPrerelease allow => document.WithPrereleasesOf(allow.Name),
        ManifestEdit.SetDuplicates set => document.WithDuplicates(set.Policy),
        ManifestEdit.RemoveAsOf => document.WithAsOf(null),
        _ => throw new InvalidOperationException($"repair {edit.GetType().Name}"),
    };

    /// <summary>A dependency under another name is another key, so the old line goes first.</summary>
    private static ManifestDocument Changed(ManifestDocument document, DependencyGroup group, string localName, Func<Dependency, Dependency> change)
    {
        var dependency = document.Manifest.Dependencies.First(d => d.Group == group && d.LocalName == localName);
        var changed = change(dependency);
        return (changed.LocalName == localName ? document : document.WithoutDependency(group, localName)).WithDependency(changed);
    }

    private void EditRoot(Func<ManifestDocument, ManifestDocument> edit) => Edit(_project.RootManifest, edit);

    private void Edit(ProjectManifest manifest, Func<ManifestDocument, ManifestDocument> edit) =>
        _documents[manifest.File] = edit(_documents[manifest.File]);
}
