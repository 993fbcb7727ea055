namespace Registry.Tui.Screens.Package;

/// <summary>The panes of a package page, in the order of Tab.</summary>
internal enum PackagePane
{
    Readme,
    Versions,
    Needs,
    NeededBy,
    Files,
    Changes,
    Advisories,
}
