using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Registry.EndToEnd.Tests.FullScreen;
using Registry.Testing;

namespace Registry.EndToEnd.Tests.Guides;

/// <summary>The pictures of the guides are what the program shows. `UPDATE_SNAPSHOTS=1` draws them anew.</summary>
public sealed class PictureTests
{
    private static string Folder => Path.Combine(Repository.Root, "docs", "guide");

    [Fact]
    public void The_pictures_are_drawn_from_what_the_program_shows()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows() && HasPython(), "needs python3 and pseudo-terminals");
        using var sandbox = new Sandbox();
        var update = Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";
        Draw(update ? Folder : sandbox.Path);
        var drawn = Directory.GetFiles(update ? Folder : sandbox.Path, "*.svg");
        Assert.NotEmpty(drawn);
        foreach (var picture in drawn)
        {
            Assert.Equal(TextsOf(Path.Combine(Folder, Path.GetFileName(picture))), TextsOf(picture));
        }
    }

    [Fact]
    public void A_picture_is_whole_and_holds_nothing_that_acts()
    {
        foreach (var picture in Directory.GetFiles(Folder, "*.svg"))
        {
            var elements = XDocument.Load(picture).Descendants().Select(element => element.Name.LocalName).Distinct();
            Assert.Subset(new HashSet<string> { "svg", "g", "rect", "circle", "text" }, elements.ToHashSet());
            Assert.Contains("cairn", TextsOf(picture));
        }
    }

    // How long a solve took is another figure each time.
    private static List<string> TextsOf(string picture) =>
    [
        .. XDocument.Load(picture).Descendants().Where(element => element.Name.LocalName == "text")
            .Select(element => Regex.Replace(element.Value, "(solved? )(in )?[0-9].*", "$1")),
    ];

    private static void Draw(string folder)
    {
        var start = new ProcessStartInfo(
            "python3", [Path.Combine(Folder, "picture.py"), "--program", TerminalSession.Program, "--out", folder])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }

    private static bool HasPython() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "python3")));
}
