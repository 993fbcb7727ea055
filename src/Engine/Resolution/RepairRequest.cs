using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>A request as it is once a repair has been carried out.</summary>
public static class RepairRequest
{
    public static ResolutionRequest Apply(ResolutionRequest request, Repair repair) =>
        Apply(request, repair.Edits) with { AcceptedYanked = request.AcceptedYanked.AddRange(repair.AcceptedYanked) };

    internal static ResolutionRequest Apply(ResolutionRequest request, IEnumerable<ManifestEdit> edits) =>
        edits.Aggregate(request, Apply);

    private static ResolutionRequest Apply(ResolutionRequest request, ManifestEdit edit) => edit switch
    {
        ManifestEdit.ChangeConstraint e => Change(request, e.File, e.Group, e.LocalName, d => d with { Constraint = e.To }),
        ManifestEdit.RemoveDependency e => Change(request, e.File, e.Group, e.LocalName, _ => null),
        ManifestEdit.RenameDependency e => Change(request, e.File, e.Group, e.LocalName, d => d with { Name = e.To }),
        ManifestEdit.ChangeOrigin e => Change(request, e.File, e.Group, e.LocalName, d => d with { Origin = e.To }),
        ManifestEdit.RemoveFeature e => Change(
            request, e.File, e.Group, e.LocalName, d => d with { Features = d.Features.Remove(e.Feature) }),
        _ => request with { Options = Apply(request.Options, edit) },
    };

    private static ResolutionTable Apply(ResolutionTable options, ManifestEdit edit) => edit switch
    {
        ManifestEdit.AddOverride e => options with
        {
            Overrides = options.Overrides.RemoveAll(o => o.Name == e.Name).Add(new(e.Name, e.Constraint, e.Origin, e.Reason, null)),
        },
        ManifestEdit.RemoveOverride e => options with { Overrides = options.Overrides.RemoveAll(o => o.Name == e.Name) },
        ManifestEdit.AllowPrerelease e => options with { PrereleaseNames = options.PrereleaseNames.Add(e.Name) },
        ManifestEdit.SetDuplicates e => options with { Duplicates = e.Policy },
        ManifestEdit.RemoveAsOf => options with { AsOf = null },
        _ => throw new InvalidOperationException($"an edit of a dependency line is not for the table: {edit}"),
    };

    private static ResolutionRequest Change(
        ResolutionRequest request, string file, DependencyGroup group, string localName, Func<Dependency, Dependency?> change) =>
        request with
        {
            Roots = [.. request.Roots.Select(root => root.File != file ? root : root with
            {
                Manifest = root.Manifest with
                {
                    Dependencies = [.. root.Manifest.Dependencies
                        .Select(d => d.Group == group && d.LocalName == localName ? change(d) : d).OfType<Dependency>()],
                },
            })],
        };
}
