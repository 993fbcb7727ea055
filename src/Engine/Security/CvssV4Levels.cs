namespace Registry.Engine.Security;

/// <summary>A macrovector of CVSS v4.0: the level of each of its six equivalence classes, 0 the gravest.</summary>
internal readonly record struct CvssV4Levels(int Eq1, int Eq2, int Eq3, int Eq4, int Eq5, int Eq6);
