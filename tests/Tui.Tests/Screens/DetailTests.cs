using Registry.Tui.Screens;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

public sealed class DetailTests
{
    [Fact]
    public void A_web_address_leads_to_itself_also_where_it_is_cut_into_lines()
    {
        const string Address = "https://example.com/a/rather/long/address/that/does/not/fit";
        var lines = new Detail(30).Pair("Home", Address).Pair("Needs", "http-core ^1").Lines;
        var frame = new Frame(new GlyphTable(), 30, lines.Length);
        Detail.Draw(new Canvas(frame), lines);
        var number = frame.Glyphs.Links.Intern(Address);
        Assert.True(number > 0);
        for (var y = 0; y < lines.Length - 1; y++)
        {
            Assert.Equal(0, frame.Row(y)[0].Link);
            Assert.Equal(number, frame.Row(y)[11].Link);
        }

        Assert.Equal(0, frame.Row(lines.Length - 1)[11].Link);
    }
}
