using System.Text;
using Registry.Tui.Headless;
using Registry.Tui.Headless.Output;

namespace Registry.EndToEnd.Tests.Scripting;

/// <summary>The outside of one run: a folder, an environment, and what is printed.</summary>
internal sealed class TestHost
{
    private readonly MemoryOutput _out;
    private readonly MemoryOutput _error;

    public TestHost(string folder, IReadOnlyDictionary<string, string> environment, string? answer = null)
    {
        var isTerminal = answer is not null;
        (_out, _error) = (new(isTerminal), new(isTerminal));
        Host = new(new Answers(answer), _out, _error, folder, environment.GetValueOrDefault, TimeProvider.System);
    }

    public Host Host { get; }

    public string Out => _out.Text;

    public string Error => _error.Text;

    private sealed class MemoryOutput(bool isTerminal) : IOutput
    {
        private readonly List<byte> _bytes = [];

        public bool IsTerminal => isTerminal;

        public int? Columns => isTerminal ? 80 : null;

        public string Text => Encoding.UTF8.GetString(_bytes.ToArray());

        public void Write(ReadOnlySpan<byte> utf8)
        {
            lock (_bytes)
            {
                _bytes.AddRange(utf8);
            }
        }
    }

    private sealed class Answers(string? answer) : IInput
    {
        public bool IsTerminal => answer is not null;

        public string? ReadLine() => answer;
    }
}
