using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;

namespace Registry.Engine.Tests.Formats.Manifests;

/// <summary>The small languages inside a manifest.</summary>
public sealed class SyntaxTests
{
    [Theory]
    [InlineData("https://github.com/user/repo")]
    [InlineData("https://user@host:8443/repo.git")]
    [InlineData("ssh://git@host:22/repo")]
    [InlineData("git://host/repo")]
    [InlineData("file:///srv/repo.git")]
    [InlineData("git@github.com:user/repo.git")]
    [InlineData("ssh://git@[::1]/repo", false)]
    [InlineData("", false)]
    [InlineData("repo", false)]
    [InlineData("../repo", false)]
    [InlineData("http://host/repo", false)]
    [InlineData("ftp://host/repo", false)]
    [InlineData("ext::sh -c date", false)]
    [InlineData("fd::17", false)]
    [InlineData("-u", false)]
    [InlineData("--upload-pack=date", false)]
    [InlineData("ssh://-oProxyCommand=date/x", false)]
    [InlineData("ssh://user@-oProxyCommand=date/x", false)]
    [InlineData("-oProxyCommand=date@host:x", false)]
    [InlineData("git@-oProxyCommand=date:x", false)]
    [InlineData("git@host:-x", false)]
    [InlineData("https://user:secret@host/repo", false)]
    [InlineData("ssh://git:secret@host/repo", false)]
    [InlineData("https:///repo", false)]
    [InlineData("file://", false)]
    [InlineData("https://host/re po", false)]
    [InlineData("https://host/repo\n", false)]
    [InlineData("https://host/repo?x", false)]
    [InlineData("https://host/repo#x", false)]
    [InlineData("https://host/é", false)]
    public void Only_plain_git_addresses_reach_git(string address, bool isAllowed = true) =>
        Assert.Equal(isAllowed, GitAddress.IsAllowed(address));

    [Theory]
    [InlineData("v1.0")]
    [InlineData("feature/x#12")]
    [InlineData("refs/pull/12/head")]
    [InlineData("", false)]
    [InlineData("-b", false)]
    [InlineData("a..b", false)]
    [InlineData("a b", false)]
    [InlineData("a~1", false)]
    [InlineData("a^", false)]
    [InlineData("a:b", false)]
    [InlineData("a@{1}", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData(".a", false)]
    public void Only_plain_references_reach_git(string name, bool isAllowed = true) =>
        Assert.Equal(isAllowed, GitAddress.IsReference(name));

    [Theory]
    [InlineData("MIT")]
    [InlineData("MIT OR Apache-2.0")]
    [InlineData("(MIT AND BSD-3-Clause) OR GPL-2.0+")]
    [InlineData("GPL-2.0 WITH Classpath-exception-2.0")]
    [InlineData("LicenseRef-Own")]
    [InlineData("DocumentRef-spdx:LicenseRef-Own")]
    [InlineData("", false)]
    [InlineData("MIT OR", false)]
    [InlineData("(MIT", false)]
    [InlineData("MIT)", false)]
    [InlineData("MIT Apache-2.0", false)]
    [InlineData("OR MIT", false)]
    [InlineData("MIT/Apache-2.0", false)]
    [InlineData("MIT WITH", false)]
    [InlineData("()", false)]
    public void A_licence_is_an_spdx_expression(string text, bool isWellFormed = true)
    {
        Assert.Equal(isWellFormed, LicenseSyntax.IsWellFormed(text));
        Assert.False(LicenseSyntax.IsWellFormed(new string('(', 100) + "MIT" + new string(')', 100)));
    }

    [Theory]
    [InlineData("dependancies", "dependencies")]
    [InlineData("dev_dependencies", "dev-dependencies")]
    [InlineData("pakcage", "package")]
    [InlineData("x", null)]
    [InlineData("completely-different", null)]
    public void The_nearest_name_is_the_one_meant(string written, string? meant) =>
        Assert.Equal(meant, NearestName.Of(written, ["package", "dependencies", "dev-dependencies", "build-dependencies", "features"]));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "ab", 1)]
    [InlineData("abc", "axc", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_slips_of_typing(string a, string b, int distance)
    {
        Assert.Equal(distance, NearestName.Distance(a, b));
        Assert.Equal(distance, NearestName.Distance(b, a));
    }

    [Theory]
    [InlineData("../..", "libs/near", "../../libs/near")]
    [InlineData("crates/a", "../b", "crates/b")]
    [InlineData("a", "..", ".")]
    [InlineData("a", "../..", "..")]
    [InlineData(".", "./x/./y", "x/y")]
    public void Folders_are_joined_without_detours(string from, string folder, string joined) =>
        Assert.Equal(joined, RelativeFolder.Join(from, folder));

    [Theory]
    [InlineData("acme/*", "acme/json", true)]
    [InlineData("acme/*", "ACME/x", true)]
    [InlineData("acme/*", "acme-two/x", false)]
    [InlineData("acme/*", "acme", false)]
    [InlineData("http_core", "http-core", true)]
    [InlineData("http-core", "http-core2", false)]
    public void A_pattern_matches_whole_names(string pattern, string name, bool isMatch) =>
        Assert.Equal(isMatch, PackagePattern.Matches(pattern, PackageName.Parse(name)));
}
