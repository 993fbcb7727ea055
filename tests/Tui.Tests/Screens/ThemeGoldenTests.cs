using System.Buffers;
using System.Globalization;
using System.Text;
using Registry.Testing;
using Registry.Tui.Terminal;
using Registry.Tui.Tests.Terminal;

namespace Registry.Tui.Tests.Screens;

/// <summary>
/// One screen with every state on it, in every theme and colour depth: the plane of styles is the same in all of them, and each
/// style's sequence stands beside it. `UPDATE_SNAPSHOTS=1` rewrites.
/// </summary>
public sealed class ThemeGoldenTests
{
    private static readonly Theme[] themes = [Theme.Dark, Theme.Light, Theme.HighContrastDark, Theme.HighContrastLight];

    [Theory]
    [InlineData(120, 36)]
    [InlineData(80, 24)]
    [InlineData(60, 15)]
    [InlineData(44, 12)]
    public void Styles_become_these_sequences(int columns, int rows)
    {
        var frame = Shop.Open(columns, rows).Keys("jdj").Frame();
        var text = new StringBuilder(frame.Styles());
        foreach (var style in StylesIn(frame).OrderBy(style => (style.Text, style.Ground, style.Emphasis)))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{style.Text} on {style.Ground} {style.Emphasis}\n");
            foreach (var theme in themes)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {theme.Name,-22}");
                text.AppendJoin("  ", new[] { ColourDepth.True, ColourDepth.Indexed, ColourDepth.Sixteen }.Select(depth => SequenceOf(style, theme, depth))).Append('\n');
            }

            text.Append(CultureInfo.InvariantCulture, $"  {"mono",-22}{SequenceOf(style, Theme.Dark, ColourDepth.Mono)}\n");
        }

        Assert.Equal(Snapshot.Expected($"themes-{columns}x{rows}", text.ToString()), text.ToString());
    }

    // A state is a sign and a word before it is a colour: without colours the text alone says all of it.
    [Fact]
    public void In_every_look_the_same_text_is_shown()
    {
        var frame = Shop.Open(80, 24).Keys("jdj").Frame();
        foreach (var theme in themes)
        {
            foreach (var depth in Enum.GetValues<ColourDepth>())
            {
                var screen = new VirtualScreen(frame.Width, frame.Height);
                screen.Feed(new Presenter(new Look(theme, depth, GlyphSet.Unicode)).Everything(frame).Span);
                var shown = string.Join('\n', Enumerable.Range(0, frame.Height).Select(y =>
                    string.Concat(Enumerable.Range(0, frame.Width).Select(x => screen[x, y].Text)).TrimEnd())) + "\n";
                Assert.Equal(frame.Text(), shown);
            }
        }
    }

    private static HashSet<Style> StylesIn(Frame frame)
    {
        var found = new HashSet<Style>();
        for (var y = 0; y < frame.Height; y++)
        {
            foreach (var cell in frame.Row(y))
            {
                found.Add(cell.Style);
            }
        }

        return found;
    }

    private static string SequenceOf(Style style, Theme theme, ColourDepth depth)
    {
        var output = new ArrayBufferWriter<byte>();
        new StyleWriter(theme, depth).Write(style, output);
        return Encoding.ASCII.GetString(output.WrittenSpan)[2..^1];
    }
}
