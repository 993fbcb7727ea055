using Registry.Tui;

namespace Registry.EndToEnd.Tests;

public sealed class AssemblyTests
{
    [Fact]
    public void The_program_is_called_cairn() => Assert.Equal("cairn", typeof(Program).Assembly.GetName().Name);
}
