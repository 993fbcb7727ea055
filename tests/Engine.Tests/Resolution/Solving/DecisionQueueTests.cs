using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Tests.Resolution.Solving;

public sealed class DecisionQueueTests
{
    [Fact]
    public void Keys_come_out_smallest_first_also_when_some_are_taken_in_between()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var queue = new DecisionQueue();
            var model = new List<ulong>();
            for (var step = 0; step < 200; step++)
            {
                if (random.Next(3) > 0)
                {
                    var key = (ulong)random.NextInt64(50);
                    queue.Add(key);
                    model.Add(key);
                }
                else
                {
                    Assert.Equal(model.Count > 0, queue.TryTake(out var taken));
                    Assert.True(model.Count == 0 || (taken == model.Min() && model.Remove(taken)));
                }
            }

            Assert.Equal(model.Count, queue.Count);
        }
    }
}
