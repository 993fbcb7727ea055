using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>The parts of a draft's edits. Whoever hands us a project can have written its draft, so everything is checked.</summary>
internal static class DraftValue
{
    /// <summary>Of any list.</summary>
    public const int ListMax = 300;

    private const int TextMax = 4_096;
    private const string DateForm = "yyyy-MM-dd";

    public static string? Text(JsonElement e, string member) => Checked(e.GetProperty(member).GetString());

    public static string Required(JsonElement e, string member) => Text(e, member) ?? throw new FormatException($"{member} is missing");

    public static ImmutableArray<T> List<T>(JsonElement e, string member, Func<JsonElement, T> read) => e.GetProperty(member) is var list && list.GetArrayLength() <= ListMax
        ? [.. list.EnumerateArray().Select(read)]
        : throw new FormatException($"{member} is too long");

    public static string Item(JsonElement e) => Checked(e.GetString()) ?? throw new FormatException("a text is missing");

    public static PackageName Name(JsonElement e) => PackageName.Parse(Required(e, "name"));

    public static Constraint ConstraintOf(JsonElement e, string member = "constraint") => Constraint.Parse(Required(e, member));

    public static DependencyGroup Group(JsonElement e) => Of<DependencyGroup>(e, "group");

    public static T Of<T>(JsonElement e, string member)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(e, member), out var value) && Enum.IsDefined(value) ? value : throw new FormatException($"{member} is no {typeof(T).Name}");

    public static void WriteDate(Utf8JsonWriter json, string member, DateOnly day) => json.WriteString(member, day.ToString(DateForm, CultureInfo.InvariantCulture));

    public static DateOnly Date(JsonElement e, string member) => DateOnly.ParseExact(Required(e, member), DateForm, CultureInfo.InvariantCulture);

    public static void WriteOrigin(Utf8JsonWriter json, string member, DependencyOrigin origin)
    {
        json.WriteStartObject(member);
        json.WriteString("kind", origin.GetType().Name);
        switch (origin)
        {
            case DependencyOrigin.Feed feed:
                json.WriteString("registry", feed.Registry);
                break;
            case DependencyOrigin.Path path:
                json.WriteString("folder", path.Folder);
                break;
            case DependencyOrigin.Git git:
                json.WriteString("url", git.Url);
                json.WriteString("at", git.Reference.Kind.ToString());
                json.WriteString("reference", git.Reference.Name);
                break;
            case DependencyOrigin.Member:
                break;
            default:
                throw new InvalidOperationException($"origin {origin.GetType().Name}");
        }

        json.WriteEndObject();
    }

    public static DependencyOrigin Origin(JsonElement e, string member) => e.GetProperty(member) is var origin && Required(origin, "kind") switch
    {
        nameof(DependencyOrigin.Feed) => new DependencyOrigin.Feed(Text(origin, "registry")),
        nameof(DependencyOrigin.Path) => new DependencyOrigin.Path(Required(origin, "folder")),
        nameof(DependencyOrigin.Git) => new DependencyOrigin.Git(Address(origin), Reference(origin)),
        nameof(DependencyOrigin.Member) => new DependencyOrigin.Member(),
        _ => (DependencyOrigin?)null,
    } is { } known ? known : throw new FormatException($"{member} is no origin");

    /// <summary>Bound by bound: what people read leaves out the pre-releases at the end of a range.</summary>
    public static void WriteVersions(Utf8JsonWriter json, string member, VersionSet versions)
    {
        json.WriteStartArray(member);
        foreach (var (lower, upper) in versions.Intervals)
        {
            json.WriteStartObject();
            WriteBound(json, "from", lower);
            WriteBound(json, "to", upper);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static VersionSet Versions(JsonElement e, string member) =>
        VersionSet.OfAny(List(e, member, interval => new VersionInterval(Bound(interval, "from"), Bound(interval, "to"))));

    private static void WriteBound(Utf8JsonWriter json, string member, VersionBound bound)
    {
        json.WriteString(member, bound.Version?.ToString());
        json.WriteBoolean($"{member}_inclusive", bound.IsInclusive);
    }

    private static VersionBound Bound(JsonElement e, string member) => Text(e, member) is { } version
        ? new(SemanticVersion.Parse(version), e.GetProperty($"{member}_inclusive").GetBoolean())
        : VersionBound.None;

    // It reaches the command line of git once the plan is solved.
    private static string Address(JsonElement e) => Required(e, "url") is var url && GitAddress.IsAllowed(url) ? url : throw new FormatException("url is no git address");

    private static GitReference Reference(JsonElement e) => (Of<GitReferenceKind>(e, "at"), Required(e, "reference")) switch
    {
        (GitReferenceKind.DefaultBranch, "") => GitReference.Default,
        (not GitReferenceKind.DefaultBranch and var kind, var name) when GitAddress.IsReference(name) => new(kind, name),
        _ => throw new FormatException("reference is no git reference"),
    };

    private static string? Checked(string? text) =>
        text is null || (text.Length <= TextMax && !text.Any(char.IsControl)) ? text : throw new FormatException("a text is too long, or is none");
}
