using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Lists come in order and whole, the next two pages under way while one is handed over.</summary>
public sealed class PagingTests
{
    private readonly List<string> _events = [];

    [Fact]
    public async Task pages_come_in_order_and_end_with_the_last()
    {
        var got = new List<int>();
        await Paging.WalkAsync(Serve(7, 3), Into(got));
        Assert.Equal(Enumerable.Range(0, 7), got);
        Assert.Equal(["ask 0", "ask 3", "ask 6", "got 3", "got 3", "got 1"], _events);
    }

    [Fact]
    public async Task full_last_page_asks_for_no_more()
    {
        await Paging.WalkAsync(Serve(6, 3), Into([]));
        Assert.Equal(["ask 0", "ask 3", "got 3", "got 3"], _events);
    }

    [Fact]
    public async Task empty_list_hands_over_nothing()
    {
        await Paging.WalkAsync(Serve(0, 3), Into([]));
        Assert.Equal(["ask 0"], _events);
    }

    [Fact]
    public async Task next_page_is_under_way_while_one_is_handed_over()
    {
        var second = new TaskCompletionSource<Page<int>>();
        var handedOver = new TaskCompletionSource();
        var walk = Paging.WalkAsync(
            offset =>
            {
                _events.Add($"ask {offset}");
                return offset == 0 ? Task.FromResult(new Page<int>([1], 2)) : second.Task;
            },
            items =>
            {
                _events.Add($"got {items[0]}");
                return items[0] == 1 ? handedOver.Task : Task.CompletedTask;
            });
        Assert.Equal(["ask 0", "ask 1", "got 1"], _events);
        second.SetResult(new Page<int>([2], 2));
        Assert.Equal(["ask 0", "ask 1", "got 1"], _events);
        handedOver.SetResult();
        await walk;
        Assert.Equal("got 2", _events[^1]);
    }

    [Fact]
    public async Task no_more_than_two_pages_are_fetched_ahead()
    {
        var handedOver = new TaskCompletionSource();
        var walk = Paging.WalkAsync(Serve(100, 1), _ => handedOver.Task);
        Assert.Equal(["ask 0", "ask 1", "ask 2"], _events);
        handedOver.SetResult();
        await walk;
    }

    [Fact]
    public async Task page_that_is_shorter_than_those_before_moves_what_was_fetched_ahead()
    {
        var got = new List<int>();
        int[] items = [0, 1, 2, 3, 4, 5, 6, 7];
        await Paging.WalkAsync(
            offset =>
            {
                _events.Add($"ask {offset}");
                return Task.FromResult(new Page<int>([.. items.Skip(offset).Take(offset == 3 ? 2 : 3)], items.Length));
            },
            Into(got));
        Assert.Equal(items, got);
        Assert.Equal(["ask 0", "ask 3", "ask 6", "got 3", "ask 5", "ask 7", "got 2", "got 3"], _events);
    }

    [Fact]
    public async Task failure_of_a_later_page_waits_for_those_before_it()
    {
        var got = new List<int>();
        await Assert.ThrowsAsync<TimeoutException>(() => Paging.WalkAsync(
            offset => offset == 2 ? Task.FromException<Page<int>>(new TimeoutException()) : Task.FromResult(new Page<int>([offset], 5)),
            Into(got)));
        Assert.Equal([0, 1], got);
    }

    [Fact]
    public async Task failure_of_the_consumer_comes_through()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Paging.WalkAsync(Serve(9, 3), _ => throw new InvalidOperationException("enough")));
        Assert.Equal("enough", failure.Message);
        Assert.Equal(["ask 0", "ask 3", "ask 6"], _events);
    }

    [Fact]
    public async Task failure_of_the_consumer_outranks_that_of_the_page_under_way()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Paging.WalkAsync(
            offset => offset == 0 ? Task.FromResult(new Page<int>([1], 2)) : Task.FromException<Page<int>>(new TimeoutException()),
            _ => throw new InvalidOperationException("enough")));
        Assert.Equal("enough", failure.Message);
    }

    [Fact]
    public async Task page_before_a_failing_one_is_handed_over()
    {
        var got = new List<int>();
        await Assert.ThrowsAsync<TimeoutException>(() => Paging.WalkAsync(
            offset => offset == 0 ? Task.FromResult(new Page<int>([1], 2)) : Task.FromException<Page<int>>(new TimeoutException()),
            Into(got)));
        Assert.Equal([1], got);
    }

    [Fact]
    public async Task total_that_shrinks_meanwhile_ends_the_walk()
    {
        var got = new List<int>();
        await Paging.WalkAsync(offset => Task.FromResult(offset == 0 ? new Page<int>([1, 2], 6) : new Page<int>([3, 4], 4)), Into(got));
        Assert.Equal([1, 2, 3, 4], got);
    }

    [Fact]
    public async Task page_without_items_ends_the_walk_whatever_the_total_says()
    {
        var got = new List<int>();
        await Paging.WalkAsync(offset => Task.FromResult(offset == 0 ? new Page<int>([1, 2], 6) : new Page<int>([], 6)), Into(got));
        Assert.Equal([1, 2], got);
    }

    [Fact]
    public async Task total_that_grows_meanwhile_is_followed()
    {
        var got = new List<int>();
        await Paging.WalkAsync(offset => Task.FromResult(new Page<int>([offset], offset == 0 ? 2 : 3)), Into(got));
        Assert.Equal([0, 1, 2], got);
    }

    private Func<int, Task<Page<int>>> Serve(int total, int size) => offset =>
    {
        _events.Add($"ask {offset}");
        return Task.FromResult(new Page<int>([.. Enumerable.Range(0, total).Skip(offset).Take(size)], total));
    };

    private Func<IReadOnlyList<int>, Task> Into(List<int> list) => items =>
    {
        _events.Add($"got {items.Count}");
        list.AddRange(items);
        return Task.CompletedTask;
    };
}
