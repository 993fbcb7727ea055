using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>The command line that does what edits say, so that anything done on screen can be learned and scripted.</summary>
internal static class CommandText
{
    public static string For(ImmutableArray<ProjectEdit> edits) => For(edits, []);

    /// <param name="wishes">What the edits are made under; with any, and with repairs, it is one `cairn resolve` that does all of it.</param>
    public static string For(ImmutableArray<ProjectEdit> edits, ImmutableArray<Wish> wishes) =>
        !wishes.IsEmpty || edits.Any(edit => edit is ProjectEdit.ApplyRepair) ? Resolve(edits, wishes)
        : edits.IsEmpty ? "cairn install" : string.Join(" && ", edits.Select(Print));

    private static string Resolve(ImmutableArray<ProjectEdit> edits, ImmutableArray<Wish> wishes)
    {
        var text = new StringBuilder("cairn resolve");
        foreach (var edit in edits.Where(edit => edit is not ProjectEdit.ApplyRepair))
        {
            text.Append(" --with ").Append(Quote(Print(edit)["cairn ".Length..]));
        }

        foreach (var wish in wishes)
        {
            text.Append(' ').Append(WishText.Flag(wish)).Append(WishText.Value(wish) is { } value ? $" {Quote(value)}" : "");
        }

        foreach (var repair in edits.OfType<ProjectEdit.ApplyRepair>().Select(edit => edit.Repair))
        {
            text.Append(" --take ").Append(repair.Id);
            Flag(text, ReasonOf(repair) is not null, $"--reason {Quote(ReasonOf(repair) ?? "")}");
        }

        return text.ToString();
    }

    private static string? ReasonOf(Repair repair) =>
        repair.Edits.OfType<ManifestEdit.AddOverride>().Select(edit => edit.Reason).FirstOrDefault(reason => reason is not null);

    public static string Install(ChangeRequest request)
    {
        var text = new StringBuilder("cairn install");
        Flag(text, request.Lock == LockMode.Frozen, "--frozen");
        Flag(text, request.Selection.Profile is not null, $"--profile {request.Selection.Profile}");
        Flag(text, !request.Selection.Features.IsEmpty, $"--features {string.Join(',', request.Selection.Features)}");
        Flag(text, request.Selection.UsesAllFeatures, "--all-features");
        Flag(text, !request.Selection.UsesDefaultFeatures, "--no-default-features");
        Flag(text, request.Selection.WithoutDev, "--no-dev");
        return text.Append(AsOf(request)).ToString();
    }

    /// <summary>The flag for the date of a request, with a space before it; empty when it has none.</summary>
    public static string AsOf(ChangeRequest request) =>
        request.AsOf is { } asOf ? string.Create(CultureInfo.InvariantCulture, $" --as-of {asOf.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}Z") : "";

    private static string Print(ProjectEdit edit) => edit switch
    {
        ProjectEdit.Add add => PrintAdd(add),
        ProjectEdit.Remove remove => $"cairn remove {remove.LocalName}{Group(remove.Group)}",
        ProjectEdit.Constrain constrain => $"cairn add {Quote($"{constrain.LocalName}@{constrain.Constraint}")}{Group(constrain.Group)}",
        ProjectEdit.Update update => PrintUpdate(update),
        ProjectEdit.Override replaced => $"cairn edit --override {Quote($"{replaced.Name}@{replaced.Constraint}")}{(replaced.Reason is { } reason ? $" --reason {Quote(reason)}" : "")}",
        ProjectEdit.RemoveOverride remove => $"cairn edit --remove-override {remove.Name}",
        ProjectEdit.Duplicates duplicates => $"cairn edit --duplicates {duplicates.Policy.ToString().ToLowerInvariant()}",
        ProjectEdit.AllowPrereleases allow => $"cairn edit --allow-prereleases {allow.Name}",
        ProjectEdit.SetVersion version => $"cairn edit --set-version {version.Version}{Member(version.Member)}",
        ProjectEdit.LeaveOut left => $"cairn edit --exclude {Quote(left.Pattern)}{Member(left.Member)}",
        ProjectEdit.AcceptRisk risk => string.Create(
            CultureInfo.InvariantCulture, $"cairn audit --accept {Quote(risk.Id)} --reason {Quote(risk.Reason)} --until {risk.Until:yyyy-MM-dd}"),
        ProjectEdit.Fix fix => $"cairn audit --fix {string.Join(' ', fix.Findings.Distinct().Select(Quote))}",
        _ => throw new InvalidOperationException($"edit {edit.GetType().Name}"),
    };

    private static string PrintAdd(ProjectEdit.Add add)
    {
        var text = new StringBuilder("cairn add ");
        text.Append(add.Constraint is null ? add.Name.Value : Quote($"{add.Name}@{add.Constraint}"));
        text.Append(Group(add.Group));
        Flag(text, add.Alias is not null, $"--rename {add.Alias}");
        Flag(text, add.IsOptional, "--optional");
        Flag(text, !add.UsesDefaultFeatures, "--no-default-features");
        Flag(text, !add.Features.IsEmpty, $"--features {string.Join(',', add.Features)}");
        Flag(text, add.Origin is not DependencyOrigin.Feed { Registry: null }, PrintOrigin(add.Origin));
        return text.ToString();
    }

    private static string PrintOrigin(DependencyOrigin origin) => origin switch
    {
        DependencyOrigin.Path path => $"--path {Quote(path.Folder)}",
        DependencyOrigin.Git git => $"--git {Quote(git.Url)}{PrintReference(git.Reference)}",
        DependencyOrigin.Feed { Registry: { } registry } => $"--registry {registry}",
        _ => "",
    };

    private static string PrintReference(GitReference reference) => reference.Kind switch
    {
        GitReferenceKind.Branch => $" --branch {Quote(reference.Name)}",
        GitReferenceKind.Tag => $" --tag {Quote(reference.Name)}",
        GitReferenceKind.Revision => $" --rev {reference.Name}",
        _ => "",
    };

    private static string PrintUpdate(ProjectEdit.Update update)
    {
        var text = new StringBuilder("cairn update");
        Flag(text, update.Name is not null && update.Precise is null, $"{update.Name}");
        Flag(text, update.Precise is not null, $"--precise {update.Name}@{update.Precise}");
        Flag(text, update.Reach == UpdateReach.Latest, "--latest");
        return text.ToString();
    }

    private static string Member(PackageName? member) => member is null ? "" : $" --package {member}";

    private static string Group(DependencyGroup? group) => group switch
    {
        DependencyGroup.Dev => " --dev",
        DependencyGroup.Build => " --build",
        _ => "",
    };

    private static void Flag(StringBuilder text, bool isOn, string flag)
    {
        if (isOn)
        {
            text.Append(' ').Append(flag);
        }
    }

    /// <summary>For a POSIX shell; what needs no quotes gets none.</summary>
    private static string Quote(string argument) =>
        argument.AsSpan().IndexOfAny(" \t\n\"'$&|<>*?()[]{};\\`!~#") < 0
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
