package function

var (
	ewmaSpans   = &family{numbers: []int{3, 5, 7, 10, 20}}
	medianSpans = &family{numbers: []int{3, 5, 7, 9}}
	anyNumber   = &family{suffix: true}
)

// catalogue must not be modified. Its order follows Datadog's documentation of functions.
var catalogue = [...]Function{
	// Arithmetic.
	{Name: "abs", Args: 1, Replay: Everywhere, Words: "the absolute value of %s"},
	{Name: "log2", Args: 1, Signed: true, Replay: Everywhere, Words: "the logarithm (base 2) of %s"},
	{Name: "log10", Args: 1, Signed: true, Replay: Everywhere, Words: "the logarithm (base 10) of %s"},
	{Name: "cumsum", Args: 1, InMonitor: WindowDependent, NotInForecast: true, Replay: InQueries, Words: "the running total of %s"},
	{Name: "integral", Args: 1, InMonitor: WindowDependent, NotInForecast: true, Replay: InQueries, Words: "the integral over time of %s"},

	// Interpolation.
	{Name: "default_zero", Args: 1, FillsMissing: true, Replay: Everywhere, Words: "%s, with 0 where there is no data"},
	{Name: "default", Args: 2, FillsMissing: true, Replay: Everywhere, Words: "%s, with %n where there is no data"},

	// Rates.
	{Name: "per_second", Args: 1, Signed: true, Replay: InQueries, Words: "the increase per second of %s"},
	{Name: "per_minute", Args: 1, Signed: true, Replay: InQueries, Words: "the increase per minute of %s"},
	{Name: "per_hour", Args: 1, Signed: true, Replay: InQueries, Words: "the increase per hour of %s"},
	{Name: "dt", Args: 1, Signed: true, Words: "the time between two values of %s"},
	{Name: "diff", Args: 1, Signed: true, Replay: InQueries, Words: "the change from one value to the next of %s"},
	{Name: "monotonic_diff", Args: 1, Replay: InQueries, Words: "the increase from one value to the next of %s"},
	{Name: "derivative", Args: 1, Signed: true, Replay: InQueries, Words: "the slope per second of %s"},
	{Name: "throughput", Args: 1, Replay: InQueries},

	// Counts of groups.
	{Name: "count_nonzero", Args: 1, Replay: Everywhere, Words: "the number of nonzero groups%g of %s"},
	{Name: "count_not_null", Args: 1, Replay: Everywhere, Words: "the number of groups%g with data of %s"},

	// Smoothing.
	{Name: "ewma_", Args: 1, Replay: InQueries, Words: "%s, smoothed over its last %d values", family: ewmaSpans},
	{Name: "median_", Args: 1, Replay: InQueries, Words: "the median of the last %d values of %s", family: medianSpans},
	{Name: "autosmooth", Args: 1, InMonitor: Refused, Words: "%s, smoothed"},

	// Rollup.
	{Name: "rollup", Args: 2, Optional: 1},
	{Name: "moving_rollup", Args: 2, Optional: 1, Replay: InQueries},

	// Exclusion.
	{Name: "exclude_null", Args: 1, Replay: Everywhere, Words: "%s, without groups that lack a tag"},
	{Name: "cutoff_max", Args: 2, Replay: Everywhere, Words: "%s, without values above %n"},
	{Name: "cutoff_min", Args: 2, Replay: Everywhere, Words: "%s, without values below %n"},
	{Name: "clamp_max", Args: 2, Replay: Everywhere, Words: "%s, capped at %n"},
	{Name: "clamp_min", Args: 2, Replay: Everywhere, Words: "%s, raised to at least %n"},

	// Rank.
	{Name: "top", Args: 2, Optional: 2, Replay: Everywhere},
	{Name: "top", Args: 1, Replay: Everywhere, family: anyNumber},
	{Name: "bottom", Args: 1, Replay: Everywhere, family: anyNumber},

	// Regression.
	{Name: "robust_trend", Args: 1, Signed: true, NotInForecast: true, Words: "the trend line of %s"},
	{Name: "trend_line", Args: 1, Signed: true, NotInForecast: true, Words: "the trend line of %s"},
	{Name: "piecewise_constant", Args: 1, Signed: true, NotInForecast: true, Words: "the piecewise constant levels of %s"},

	// Timeshift.
	{Name: "timeshift", Args: 2, Replay: Everywhere},
	{Name: "hour_before", Args: 1, Replay: Everywhere, Words: "%s, 1 hour earlier"},
	{Name: "day_before", Args: 1, Replay: Everywhere, Words: "%s, 1 day earlier"},
	{Name: "week_before", Args: 1, Replay: Everywhere, Words: "%s, 1 week earlier"},
	{Name: "month_before", Args: 1, Replay: Everywhere, Words: "%s, 4 weeks earlier"},
	{Name: "calendar_shift", Args: 3},

	// Algorithms. Their argument is not compared with the threshold itself.
	{Name: "anomalies", Args: 3, Algorithm: true, NotInForecast: true, Signed: true},
	{Name: "outliers", Args: 3, Algorithm: true, NotInForecast: true, Signed: true},
	{Name: "forecast", Args: 3, Algorithm: true, Signed: true},

	// Only in recorded dashboards and monitors of other products.
	{Name: "percentile", Args: 2, Optional: 1},
	{Name: "reduce", Args: 2},
	{Name: "failed_runs", Args: 1, Words: "the number of failed runs of %s"},
}

// Modifier is a method of a metric, such as .rollup(sum, 60).
type Modifier struct {
	Name string
	// Methods are the allowed values of its method argument; nil if it has none.
	Methods []string
	// Args is the number of required arguments. Optional is how many more it can have.
	Args, Optional int
	// Replay reports whether a replay evaluates it.
	Replay bool
}

var modifiers = [...]Modifier{
	{Name: "as_count", Replay: true},
	{Name: "as_rate", Replay: true},
	{Name: "weighted"},
	{Name: "rollup", Methods: []string{"avg", "sum", "min", "max", "count"}, Args: 1, Optional: 1, Replay: true},
	{Name: "fill", Methods: []string{"linear", "last", "zero", "null"}, Args: 1, Optional: 1, Replay: true},
	{Name: "timeshift", Args: 1, Replay: true},
}

// FindModifier returns the modifier with a name, or nil if it is not in the catalogue.
func FindModifier(name string) *Modifier {
	for i := range modifiers {
		if modifiers[i].Name == name {
			return &modifiers[i]
		}
	}
	return nil
}

// Modifiers returns the names of the modifiers.
func Modifiers() []string {
	names := make([]string, len(modifiers))
	for i := range modifiers {
		names[i] = modifiers[i].Name
	}
	return names
}
