namespace Registry.Tui.Screens;

/// <summary>Where a command has a meaning.</summary>
[Flags]
internal enum Scope
{
    None = 0,
    Project = 1,
    Tree = 2,
    Search = 4,
    Package = 8,
    Versions = 16,
    Review = 32,
    Conflict = 64,
    Apply = 128,
    Text = 256,
    Help = 512,
    Audit = 1024,
    Publish = 2048,
    Registries = 4096,
    Activity = 8192,
    Dialog = 16384,
    Problem = 32768,

    Tabs = Project | Tree | Search | Conflict | Audit | Publish | Registries | Activity,
    Lists = Tabs | Package | Versions | Review | Text | Help | Problem | Apply,
    Everywhere = Lists | Dialog,
}
