using Registry.Engine.Problems;
using Registry.Engine.Workspace;

namespace Registry.Engine.Tests.Workspace;

public sealed class UserFoldersTests
{
    [Theory]
    [InlineData("HOME=/u", FolderConvention.Xdg, "/u/.config/cairn", "/u/.local/share/cairn", "/u/.cache/cairn")]
    [InlineData("HOME=/u;XDG_CONFIG_HOME=/c;XDG_DATA_HOME=/d;XDG_CACHE_HOME=/k", FolderConvention.Xdg, "/c/cairn", "/d/cairn", "/k/cairn")]
    [InlineData("HOME=/u;XDG_CONFIG_HOME=relative", FolderConvention.Xdg, "/u/.config/cairn", "/u/.local/share/cairn", "/u/.cache/cairn")]
    [InlineData("HOME=/u;CAIRN_HOME=/h;XDG_DATA_HOME=/d", FolderConvention.Xdg, "/h/config", "/h/data", "/h/cache")]
    [InlineData("CAIRN_HOME=/h", FolderConvention.MacOS, "/h/config", "/h/data", "/h/cache")]
    [InlineData("HOME=/u", FolderConvention.MacOS, "/u/Library/Application Support/cairn", "/u/Library/Application Support/cairn", "/u/Library/Caches/cairn")]
    [InlineData(@"USERPROFILE=C:\u", FolderConvention.Windows, @"C:\u/AppData/Roaming/cairn", @"C:\u/AppData/Local/cairn/data", @"C:\u/AppData/Local/cairn/cache")]
    [InlineData(@"APPDATA=D:\r;LOCALAPPDATA=D:\l", FolderConvention.Windows, @"D:\r/cairn", @"D:\l/cairn/data", @"D:\l/cairn/cache")]
    public void Folders_follow_the_environment(string environment, FolderConvention convention, string configuration, string data, string cache)
    {
        var folders = UserFolders.From(Variables(environment), convention);

        Assert.Equal((configuration, data, cache), (Slashes(folders.Configuration), Slashes(folders.Data), Slashes(folders.Cache)));
    }

    [Fact]
    public void A_relative_home_is_refused_instead_of_left_aside()
    {
        var problem = Assert.Throws<ProblemException>(
            () => UserFolders.From(name => name == "CAIRN_HOME" ? "cairn" : "/u", FolderConvention.Xdg)).Problem;

        Assert.Equal(ProblemCode.UsageInvalid, problem.Code);
        Assert.Equal("/u/cairn", UserFolders.From(name => name == "CAIRN_HOME" ? "" : "/u", FolderConvention.Xdg).Data);
    }

    [Fact]
    public void Without_a_home_the_way_out_is_named()
    {
        var problem = Assert.Throws<ProblemException>(() => UserFolders.From(Variables("HOME="), FolderConvention.Xdg)).Problem;

        Assert.Equal(ProblemCode.FileUnavailable, problem.Code);
        Assert.Contains("CAIRN_HOME", problem.Hint, StringComparison.Ordinal);
    }

    internal static Func<string, string?> Variables(string text)
    {
        var variables = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return name => variables.GetValueOrDefault(name);
    }

    // On Windows the framework joins with a backslash.
    private static string Slashes(string path) => OperatingSystem.IsWindows() ? path.Replace("\\", "/", StringComparison.Ordinal) : path;
}
