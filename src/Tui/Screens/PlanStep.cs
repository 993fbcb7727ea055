using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;

namespace Registry.Tui.Screens;

/// <summary>One thing the user staged: what one undo takes back.</summary>
/// <param name="Sign">`+`, `-`, `~` or `=`.</param>
/// <param name="Words">What it is, for example `web-kit ^1 -> ^2`.</param>
/// <param name="Subject">A newer step about the same package takes its place; null for those that stand beside others.</param>
internal sealed record PlanStep(char Sign, string Words, PackageName? Subject, ImmutableArray<ProjectEdit> Edits);
