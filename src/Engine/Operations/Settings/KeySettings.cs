using System.Collections.Immutable;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>The keys of the screen as written in the user's configuration; what they mean is the screen's to say.</summary>
/// <param name="Preset">`default`, `vim` or `emacs`.</param>
public sealed record KeySettings(string Preset, ImmutableArray<KeySetting> Lines)
{
    internal static KeySettings Of(UserConfiguration configuration) => new(
        configuration.Get("keys.preset").Value, [.. configuration.KeyLines.Select(line => new KeySetting(line.Command, line.Keys, line.Place))]);
}

/// <summary>A line of `[keys]`.</summary>
/// <param name="Keys">As written, not checked; empty texts for values that are none.</param>
public sealed record KeySetting(string Command, ImmutableArray<string> Keys, TextPlace Place);
