using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Registry.Testing;

namespace Registry.Repo.Tests;

/// <summary>Habits that no analyser knows: read every source file and hold it to docs/STYLE.md.</summary>
public sealed partial class TidyTests
{
    private const int FileLinesMax = 800;

    [Fact]
    public void No_file_is_unfinished()
    {
        var marks = new Regex(string.Join('|', "TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception"));

        Assert.Empty(Places("src", marks));
        Assert.Empty(Places("tests", marks));
    }

    [Fact]
    public void No_type_is_named_for_nothing() =>
        Assert.Empty(Places("src", EmptyNames()));

    [Fact]
    public void No_static_field_can_be_changed()
    {
        var changeable =
            from type in new[] { Assembly.Load("Registry.Engine"), Assembly.Load("cairn") }.SelectMany(assembly => assembly.GetTypes())
            where !type.Name.Contains('<', StringComparison.Ordinal) && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where !field.IsInitOnly && !field.IsLiteral && !field.Name.Contains('<', StringComparison.Ordinal)
            select $"{type.FullName}.{field.Name}";

        Assert.Empty(changeable);
    }

    [Fact]
    public void Only_the_faces_catch_everything()
    {
        var catches = Places("src", CatchAll()).Where(place => !place.Contains("Tui/Program.cs", StringComparison.Ordinal)
            && !place.Contains("Tui/Headless/Crash", StringComparison.Ordinal) && !place.Contains("Tui/App/", StringComparison.Ordinal));

        Assert.Empty(catches);
    }

    [Fact]
    public void No_file_is_a_meeting_place()
    {
        var long_ = Sources("src").Where(file => File.ReadLines(file).Count() > FileLinesMax
            && !File.ReadLines(file).Any(line => line.Contains("// long: ", StringComparison.Ordinal)));

        Assert.Empty(long_);
    }

    [Fact]
    public void Every_package_has_its_reason()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "Directory.Packages.props"));
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Contains("<PackageVersion ", StringComparison.Ordinal))
            {
                Assert.Contains("-->", lines[i - 1], StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<string> Places(string folder, Regex pattern) =>
        from file in Sources(folder)
        from numbered in File.ReadLines(file).Select((line, index) => (line, number: index + 1))
        where pattern.IsMatch(numbered.line)
        select $"{Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')}:{numbered.number}: {numbered.line.Trim()}";

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"\b(class|record|struct|interface|enum) \w*(Manager|Helper|Util|Utils|Common|Impl)\b")]
    private static partial Regex EmptyNames();

    [GeneratedRegex(@"catch\s*(\(\s*Exception\b[^)]*\)(?!\s*when)|\s*$)")]
    private static partial Regex CatchAll();
}
