namespace Registry.Engine.Operations;

/// <summary>A selection as one short text, for the stamp: empty for what a plain `cairn install` does.</summary>
internal static class SelectionText
{
    public static string Of(ChangeRequest request)
    {
        var selection = request.Selection;
        return string.Join(';', new[]
        {
            selection.Profile is { } profile ? $"profile={profile}" : "",
            selection.Features.IsEmpty ? "" : $"features={string.Join(',', selection.Features.Order(StringComparer.Ordinal))}",
            selection.UsesAllFeatures ? "all-features" : "",
            selection.UsesDefaultFeatures ? "" : "no-default-features",
            selection.WithoutDev ? "no-dev" : "",
            request.Link is { } link ? $"link={link}" : "",
        }.Where(part => part.Length > 0));
    }
}
