using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>`cairn init` and `cairn new`: a manifest that says what can be written in it.</summary>
internal sealed class Init(RegistryClient client, InitRequest request) : Change<InitPlan, InitReport>
{
    public override Task<InitPlan> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        foreach (var existing in (ReadOnlySpan<string>)["cairn.toml", "gal.toml"])
        {
            if (File.Exists(Path.Combine(request.Folder, existing)))
            {
                throw new Problem(
                    ProblemCode.ManifestExists, $"there is a project in `{request.Folder}` already: it has a `{existing}`",
                    "use `cairn add NAME` to add to it, or `cairn new FOLDER` to start another").Raise();
            }
        }

        var name = PackageName.Parse(request.Name ?? NameOf(request.Folder));
        return Task.FromResult(new InitPlan(
            Path.Combine(request.Folder, "cairn.toml"), name.Value, request.IsWorkspace ? WorkspaceText() : PackageText(name)));
    }

    public override async Task<InitReport> ApplyAsync(InitPlan plan, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(request.Folder);
        var file = Create(plan.File);
        try
        {
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(plan.Text), cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            File.Delete(plan.File);
            throw;
        }

        return new(plan.File, plan.Name);
    }

    private static FileStream Create(string manifest)
    {
        try
        {
            return new(manifest, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException e) when (File.Exists(manifest))
        {
            throw new Problem(
                ProblemCode.ManifestExists, $"`{manifest}` has appeared meanwhile", "look at it, and use `cairn add NAME` to add to it").Raise(e);
        }
    }

    /// <summary>The folder's name with what a package name may not have turned into `-`.</summary>
    private static string NameOf(string folder)
    {
        var name = new StringBuilder();
        foreach (var c in Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)))
        {
            var isKept = char.IsAsciiLetterOrDigit(c) || c is '_';
            if (isKept || (name.Length > 0 && name[^1] != '-'))
            {
                name.Append(isKept ? char.ToLowerInvariant(c) : '-');
            }
        }

        var text = name.ToString().Trim('-');
        return PackageName.TryParse(text, out _) ? text : "my-package";
    }

    private string PackageText(PackageName name) =>
        $$"""
        [package]
        name = "{{name}}"
        version = "0.1.0"
        {{Optional("description", request.Description, "what it does, in one sentence")}}
        {{Optional("license", request.License, "MIT")}}
        # authors = ["Your Name <you@example.org>"]
        # repository = "https://example.org/you/{{name}}"
        # keywords = ["at", "most", "a", "few"]
        cairn-version = ">={{client.Settings.Version}}"

        # What it needs. `cairn add NAME` writes here; `cairn search WORDS` finds names.
        [dependencies]
        # log = "^1.2"                                    # 1.2.0 or newer, below 2.0.0
        # http = { version = "^2.0", features = ["tls"] }   # with a feature
        # shared = { path = "../shared" }                 # a folder beside this one

        # Only needed to work on this package: tests, tools.
        [dev-dependencies]

        # Parts that users of the package can turn on.
        # [features]
        # default = []

        """.ReplaceLineEndings("\n");

    private static string WorkspaceText() =>
        """
        # Several packages, one lockfile and one install directory.
        [workspace]
        members = ["members/*"]

        # What members may take over with `name = { workspace = true }`.
        # [workspace.dependencies]
        # log = "^1.2"

        # How versions are chosen; these are the defaults.
        # [resolution]
        # duplicates = "never"
        # prereleases = "if-needed"

        """.ReplaceLineEndings("\n");

    private static string Optional(string key, string? value, string example) =>
        value is null
            ? $"# {key} = \"{example}\""
            : $"{key} = \"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
