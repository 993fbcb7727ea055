namespace Registry.Engine.Model;

/// <summary>One published version of one package: what a lockfile pins.</summary>
public sealed record PackageId(PackageName Name, SemanticVersion Version)
{
    public override string ToString() => $"{Name} {Version}";
}

/// <summary>A package and the versions of it that are acceptable: what a manifest asks for.</summary>
public sealed record PackageRange(PackageName Name, Constraint Constraint)
{
    public override string ToString() => $"{Name} {Constraint}";
}
