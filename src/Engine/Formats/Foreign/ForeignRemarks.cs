using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Foreign;

/// <summary>Gathers what does not come over; bounded, so that a hostile file cannot fill the memory with complaints.</summary>
internal sealed class ForeignRemarks
{
    private const int RemarksMax = 1000;
    private const int PlaceCharactersMax = 120;

    private readonly List<ForeignRemark> _remarks = [];

    public void Changed(string place, string reason) => Add(new(Printable.Clip(place, PlaceCharactersMax), CarryOver.Changed, reason));

    public void LeftOut(string place, string reason) => Add(new(Printable.Clip(place, PlaceCharactersMax), CarryOver.LeftOut, reason));

    public ImmutableArray<ForeignRemark> ToImmutable() => [.. _remarks];

    private void Add(ForeignRemark remark)
    {
        if (_remarks.Count < RemarksMax)
        {
            _remarks.Add(remark);
        }
    }
}
