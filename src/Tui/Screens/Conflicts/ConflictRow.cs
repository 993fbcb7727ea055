using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Conflicts;

/// <summary>What a row is about; rows without are only read.</summary>
internal abstract record RowTarget
{
    private RowTarget()
    {
    }

    /// <summary>The same row in another list has the same.</summary>
    public abstract string Key { get; }

    public sealed record Fact(ExplainedFact Explained) : RowTarget
    {
        public override string Key => $"fact {Explained.Number}";
    }

    public sealed record Part(int Number) : RowTarget
    {
        public override string Key => $"part {Number}";
    }

    public sealed record Fix(ConflictOffer Offer) : RowTarget
    {
        public override string Key => $"fix {Offer.Repair.Id}";
    }

    public sealed record RuledOut(RuledOutRepair Repair) : RowTarget
    {
        public override string Key => $"fix {Repair.Offer.Repair.Id}";
    }

    public sealed record Way(WayOut Out, int Number) : RowTarget
    {
        public override string Key => $"way {Number}";
    }

    public sealed record Change(LockChange Lock) : RowTarget
    {
        public override string Key => $"change {Lock.Kind} {Lock.Name} {Lock.After?.Id.Version}";
    }

    public sealed record Wished(Wish Wish) : RowTarget
    {
        public override string Key => $"wish {Wish.Words}";
    }
}

/// <summary>A line of the story or of the answer, ready to be drawn.</summary>
/// <param name="Right">At the right edge.</param>
internal sealed record ConflictRow(string Text, string Right, Style Style, RowTarget? Target)
{
    public static ConflictRow Blank { get; } = new("", "", default, null);

    public static void Draw(Canvas row, ConflictRow line)
    {
        var kept = line.Right.Length == 0 ? 0 : Clusters.Measure(line.Right) + 2;
        row.WriteFitted(0, 0, Math.Max(0, row.Width - kept), line.Text, line.Style);
        row.WriteRight(row.Width, 0, line.Right, Style.Quiet);
    }
}

/// <summary>Puts rows together, wrapped to a width.</summary>
internal sealed class ConflictRows(int width)
{
    private readonly ImmutableArray<ConflictRow>.Builder rows = ImmutableArray.CreateBuilder<ConflictRow>();

    public int Count => rows.Count;

    public ImmutableArray<ConflictRow> Done() => rows.ToImmutable();

    /// <summary>One row, cut at the edge.</summary>
    public ConflictRows Line(string text, string right = "", Style style = default, RowTarget? target = null)
    {
        rows.Add(new ConflictRow(text, right, style, target));
        return this;
    }

    /// <summary>As many rows as it takes; the first has the target.</summary>
    /// <param name="right">At the right edge of the first.</param>
    public ConflictRows Text(string text, Style style = default, int indent = 0, RowTarget? target = null, string right = "", int hanging = 0)
    {
        var margin = right.Length == 0 ? 0 : Clusters.Measure(right) + 2;
        var first = true;
        foreach (var line in text.Length == 0 ? [] : new WrappedText(text, Math.Max(12, width - indent - hanging - margin)).Lines)
        {
            Line(new string(' ', first ? indent : indent + hanging) + line, first ? right : "", style, first ? target : null);
            first = false;
        }

        return this;
    }

    public ConflictRows Gap()
    {
        if (rows.Count > 0 && rows[^1] != ConflictRow.Blank)
        {
            rows.Add(ConflictRow.Blank);
        }

        return this;
    }
}
