using System.Text;

namespace Registry.Tui.Headless.Output;

/// <summary>
/// Lines of text for people. Gathers them and hands them on in one piece, so a pipe sees whole lines. Text that came
/// from a registry goes through <see cref="Engine.Model.Printable"/> before it gets here; what is forgotten, such as the
/// name of a folder, is caught by <see cref="Paint.Safe"/>.
/// </summary>
internal sealed class Printer(IOutput output, Paint paint, int width)
{
    private const int GatherBytes = 32 * 1024;

    private readonly StringBuilder _text = new();

    public Paint Paint => paint;

    /// <summary>Columns to fill; at least 40.</summary>
    public int Width { get; } = Math.Max(40, width);

    public void Line(string text = "")
    {
        _text.Append(paint.Safe(text)).Append('\n');
        if (_text.Length > GatherBytes)
        {
            Flush();
        }
    }

    /// <summary>A paragraph broken at spaces, each line after the first indented.</summary>
    public void Paragraph(string text, string first = "", string rest = "")
    {
        foreach (var line in Wrapping.Wrap(text, Width - first.Length))
        {
            Line(first + line);
            first = rest;
        }
    }

    public void Flush()
    {
        if (_text.Length > 0)
        {
            output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
            _text.Clear();
        }
    }
}
