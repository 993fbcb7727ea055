using Registry.Engine.Problems;
using Registry.Testing;

namespace Registry.Repo.Tests;

/// <summary>docs/PROBLEMS.md is what a user is sent to: each code has its heading, in the order of the enum, and no heading is left over.</summary>
public sealed class ProblemsDocumentTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "PROBLEMS.md"));

    [Fact]
    public void Every_problem_code_is_documented()
    {
        var expected = Enum.GetValues<ProblemCode>().Select(code => code.Slug());
        var headings = Lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]);

        Assert.Equal(expected, headings);
    }

    [Fact]
    public void Every_problem_says_what_happened_why_and_what_to_do()
    {
        for (var i = 0; i < Lines.Length; i++)
        {
            if (Lines[i].StartsWith("## ", StringComparison.Ordinal))
            {
                var text = string.Join(' ', Lines.Skip(i + 1).TakeWhile(line => !line.StartsWith('#')));
                Assert.True(text.Length is > 60 and < 500, $"{Lines[i]} has {text.Length} characters");
            }
        }
    }

    [Theory]
    [InlineData(ProblemCode.UrlInvalid, 2)]
    [InlineData(ProblemCode.ManifestMissing, 3)]
    [InlineData(ProblemCode.NothingToUndo, 3)]
    [InlineData(ProblemCode.NoResolution, 4)]
    [InlineData(ProblemCode.RegistryUnreachable, 5)]
    [InlineData(ProblemCode.HashMismatch, 6)]
    [InlineData(ProblemCode.AccessDenied, 7)]
    [InlineData(ProblemCode.VersionExists, 8)]
    [InlineData(ProblemCode.GitRevisionNotFound, 9)]
    public void The_exit_code_is_that_of_the_section(ProblemCode code, int exit)
    {
        Assert.Equal(exit, code.Kind().ExitCode());
        var section = Lines.TakeWhile(line => line != $"## {code.Slug()}").Last(line => line.StartsWith("# ", StringComparison.Ordinal));
        Assert.EndsWith($", exit {exit}", section, StringComparison.Ordinal);
    }
}
