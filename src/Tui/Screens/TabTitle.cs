using System.Collections.Immutable;

namespace Registry.Tui.Screens;

/// <summary>The digit and the name of a screen among the tabs. A digit is one screen's for ever.</summary>
internal sealed record TabTitle(Scope Scope, Command Command, int Digit, string Long, string Short)
{
    public static ImmutableArray<TabTitle> All { get; } =
    [
        new(Scope.Project, Command.ProjectTab, 1, "Project", "Proj"),
        new(Scope.Tree, Command.TreeTab, 2, "Tree", "Tree"),
        new(Scope.Search, Command.SearchTab, 3, "Search", "Search"),
        new(Scope.Conflict, Command.ConflictsTab, 4, "Conflicts", "Confl"),
        new(Scope.Audit, Command.AuditTab, 5, "Audit", "Audit"),
        new(Scope.Publish, Command.PublishTab, 6, "Publish", "Publ"),
        new(Scope.Registries, Command.RegistriesTab, 7, "Registries", "Regs"),
        new(Scope.Activity, Command.ActivityTab, 8, "Activity", "Act"),
    ];

    public static TabTitle Of(Scope scope) => All.First(title => title.Scope == scope);

    /// <summary>Null for a command that opens no tab.</summary>
    public static TabTitle? Of(Command command) => All.FirstOrDefault(title => title.Command == command);
}
