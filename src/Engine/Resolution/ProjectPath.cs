namespace Registry.Engine.Resolution;

/// <summary>Folders relative to the project root, with `/`, without `.` parts; `..` only at the start. `.` is the root.</summary>
internal static class ProjectPath
{
    public static string Combine(string folder, string relative)
    {
        if (relative.StartsWith('/') || (relative.Length > 1 && relative[1] == ':'))
        {
            return relative;
        }

        var parts = new List<string>();
        foreach (var part in $"{folder}/{relative}".Split('/', '\\'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? "." : string.Join('/', parts);
    }
}
