namespace AstroAuth.Emulator.Store;

/// <summary>A time pattern of five fields, in UTC: minute, hour, day of the month, month, day of the week.</summary>
internal sealed class Cron
{
    /// <summary>Far enough for the 29th of February.</summary>
    private const int MostDays = 8 * 366;

    private readonly bool[] _minutes, _hours, _days, _months, _weekdays;
    private readonly bool _anyDay, _anyWeekday;

    private Cron(string[] fields)
    {
        _minutes = Field(fields[0], 0, 59);
        _hours = Field(fields[1], 0, 23);
        _days = Field(fields[2], 1, 31);
        _months = Field(fields[3], 1, 12);
        _weekdays = Field(fields[4], 0, 7);
        _weekdays[0] |= _weekdays[7];
        _anyDay = fields[2].StartsWith('*');
        _anyWeekday = fields[4].StartsWith('*');
    }

    /// <summary>Reads a pattern; null when it is none.</summary>
    public static Cron? Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return fields.Length == 5 ? new(fields) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The first time after another.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => Find(after, 1);

    /// <summary>The last time that is not after another.</summary>
    public DateTimeOffset? Last(DateTimeOffset until) => Find(until, -1);

    private DateTimeOffset? Find(DateTimeOffset from, int step)
    {
        var today = new DateTimeOffset(from.UtcDateTime.Date, TimeSpan.Zero);
        for (var i = 0; i < MostDays; i++)
        {
            var day = today.AddDays(i * step);
            if (!MeetsDay(day))
                continue;
            var times = Enumerable.Range(0, 24 * 60).Where(m => _hours[m / 60] && _minutes[m % 60]).Select(m => day.AddMinutes(m));
            var found = step > 0 ? times.FirstOrDefault(t => t > from) : times.LastOrDefault(t => t <= from);
            if (found != default)
                return found;
        }

        return null;
    }

    private bool MeetsDay(DateTimeOffset day)
    {
        var (byDay, byWeekday) = (_days[day.Day], _weekdays[(int)day.DayOfWeek]);
        // As cron has it: where both are given, either will do.
        return _months[day.Month] && (_anyDay || _anyWeekday ? byDay && byWeekday : byDay || byWeekday);
    }

    private static bool[] Field(string text, int least, int most)
    {
        var allowed = new bool[most + 1];
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var all] => (all, 1),
                [var some, var by] => (some, Number(by, 1, most)),
                _ => throw new FormatException(),
            };
            var (from, to) = range.Split('-') switch
            {
                ["*"] => (least, most),
                [var one] when part.Contains('/', StringComparison.Ordinal) => (Number(one, least, most), most),
                [var one] => (Number(one, least, most), Number(one, least, most)),
                [var first, var last] => (Number(first, least, most), Number(last, least, most)),
                _ => throw new FormatException(),
            };
            for (var i = from; i <= to; i += step)
                allowed[i] = true;
        }

        return allowed;
    }

    private static int Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw new FormatException();
}
