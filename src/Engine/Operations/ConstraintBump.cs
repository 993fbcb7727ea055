using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>Moves a constraint up to a version in the way it was written: `~1.2` becomes `~3.0`, `=1.0.0` becomes `=3.0.1`.</summary>
internal static class ConstraintBump
{
    private const string Operators = "^~=";

    public static Constraint To(Constraint constraint, SemanticVersion version)
    {
        var text = constraint.Text.Trim();
        var sign = text.Length > 0 && Operators.Contains(text[0], StringComparison.Ordinal) ? text[..1] : "";
        var parts = text[sign.Length..].Trim().Split('.');
        var isSimple = parts.Length is 1 or 2 or 3 && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit));
        if (!isSimple || version.IsPrerelease || sign == "=")
        {
            return sign == "=" && isSimple ? Constraint.Exactly(version) : Constraint.Caret(version);
        }

        int[] numbers = [version.Major, version.Minor, version.Patch];
        var written = Constraint.Parse(sign + string.Join('.', numbers.Take(parts.Length)));
        return written.Admits(version) ? written : Constraint.Caret(version);
    }
}
