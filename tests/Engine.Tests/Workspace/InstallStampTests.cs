using Registry.Engine.Tests.Operations;
using Registry.Engine.Workspace;

namespace Registry.Engine.Tests.Workspace;

/// <summary>When a no-op install is recognised without reading anything, and when it must not be.</summary>
public sealed class InstallStampTests : IDisposable
{
    private readonly ProjectKit _kit = new();

    public void Dispose() => _kit.Dispose();

    public static TheoryData<string> Changes =>
    [
        "manifest", "lockfile", "lockfile gone", "member", "member gone", "new member", "late member", "path dependency", "install directory gone",
        "install directory replaced", "package gone", "scoped package gone", "package added by hand", "journal", "stamp cut", "stamp garbled",
        "other selection", "lockfile endless", "lockfile unreadable",
    ];

    [Fact]
    public async Task After_an_install_nothing_is_to_do()
    {
        await Prepare();

        Assert.True(InstallStamp.IsCurrent(_kit.Root, ""));
        Assert.True(InstallStamp.IsCurrent(_kit.Root + "/", ""));
        Assert.True(InstallStamp.IsCurrent(Path.Combine(_kit.Root, "libs/a"), ""));
        Assert.True(InstallStamp.IsCurrent(Path.Combine(_kit.Root, "src/deep"), ""));
        Assert.False(InstallStamp.IsCurrent(_kit.Sandbox.Path, ""));
    }

    [Fact]
    public async Task What_has_nothing_to_do_with_it_changes_nothing()
    {
        await Prepare();
        _kit.Sandbox.Write("p/src/main.c", "int main;");
        _kit.Sandbox.Write("p/libs/a/notes", "x");
        File.SetLastWriteTimeUtc(Path.Combine(_kit.Root, "cairn.toml"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        Assert.True(InstallStamp.IsCurrent(_kit.Root, ""));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_is_noticed_and_the_next_install_puts_it_right(string change)
    {
        await Prepare();

        Apply(change);
        Assert.False(InstallStamp.IsCurrent(_kit.Root, change == "other selection" ? "no-dev" : ""));

        if (change is "journal" or "package added by hand" or "lockfile endless" or "lockfile unreadable")
        {
            return;
        }

        await _kit.Install();
        Assert.True(InstallStamp.IsCurrent(_kit.Root, ""));
        Assert.True(_kit.Has("packages/vec/src/main.c") && _kit.Has("packages/acme/x/src/main.c"));
    }

    [Fact]
    public async Task A_project_inside_another_is_not_answered_for()
    {
        await Prepare();
        _kit.Sandbox.Write("p/examples/own/cairn.toml", "[package]\nname = \"own\"\nversion = \"1.0.0\"\n");

        Assert.False(InstallStamp.IsCurrent(Path.Combine(_kit.Root, "examples/own"), ""));
    }

    private async Task Prepare()
    {
        _kit.Publish("vec 1.0.0");
        _kit.Publish("vec 1.1.0");
        _kit.Publish("acme/x 1.0.0");
        _kit.Sandbox.Write("mine/cairn.toml", "[package]\nname = \"mine\"\nversion = \"1.0.0\"\n");
        _kit.Manifest("[dependencies]\nvec = \"^1\"\n\"acme/x\" = \"^1\"\nmine = { path = \"../mine\" }\n\n[workspace]\nmembers = [\"libs/*\"]\n");
        _kit.Manifest("", "libs/a");
        Directory.CreateDirectory(Path.Combine(_kit.Root, "libs/late"));
        Directory.CreateDirectory(Path.Combine(_kit.Root, "src/deep"));
        await _kit.Install();
    }

    private void Apply(string change)
    {
        switch (change)
        {
            case "manifest": Append("cairn.toml"); break;
            case "lockfile": Append("cairn.lock"); break;
            case "lockfile gone": File.Delete(At("cairn.lock")); break;
            case "member": Append("libs/a/cairn.toml"); break;
            case "member gone": Directory.Delete(At("libs/a"), recursive: true); break;
            case "new member": _kit.Manifest("", "libs/b"); break;
            case "late member": _kit.Manifest("", "libs/late"); break;
            case "path dependency": Append("../mine/cairn.toml"); break;
            case "install directory gone": Directory.Delete(At("packages"), recursive: true); break;
            case "install directory replaced":
                Directory.Delete(At("packages"), recursive: true);
                Directory.CreateDirectory(At("packages"));
                break;
            case "package gone": Directory.Delete(At("packages/vec"), recursive: true); break;
            case "scoped package gone": Directory.Delete(At("packages/acme/x"), recursive: true); break;
            case "package added by hand": Directory.CreateDirectory(At("packages/other")); break;
            case "journal": _kit.Sandbox.Write("p/.cairn/journal", ""); break;
            // On systems without these devices the links lead nowhere, which is a change as well.
            case "lockfile endless": Exchange("cairn.lock", "/dev/zero"); break;
            case "lockfile unreadable": Exchange("cairn.lock", "/proc/self/mem"); break;
            case "stamp cut": File.WriteAllBytes(At(".cairn/stamp"), File.ReadAllBytes(At(".cairn/stamp"))[..^9]); break;
            case "stamp garbled": File.WriteAllText(At(".cairn/stamp"), "nonsense"); break;
            default: break;
        }
    }

    private string At(string path) => Path.Combine(_kit.Root, path);

    private void Exchange(string file, string target)
    {
        File.Delete(At(file));
        File.CreateSymbolicLink(At(file), target);
    }

    private void Append(string file) => File.AppendAllText(At(file), "\n# edited\n");
}
