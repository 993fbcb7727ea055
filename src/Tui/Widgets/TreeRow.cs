namespace Registry.Tui.Widgets;

/// <summary>One visible row of a tree.</summary>
/// <param name="Node">The caller's number of the node; below 0 for rows that stand for something else.</param>
/// <param name="Depth">0 for roots.</param>
/// <param name="Rails">Bit d is set where the ancestor at depth d has further siblings below, so that its line goes on.</param>
/// <param name="IsLast">No sibling follows.</param>
internal readonly record struct TreeRow(int Node, int Depth, ulong Rails, bool IsLast);
