package evaluate

// Durations in milliseconds.
const (
	Second = int64(1000)
	Minute = 60 * Second
	Hour   = 60 * Minute
	Day    = 24 * Hour
)

// longest limits the durations in a monitor to ten years, so that sums do not overflow.
const longest = 3650 * Day

// Milliseconds returns n units in milliseconds, limited to between 0 and longest.
func Milliseconds(n float64, unit int64) int64 {
	switch limit := float64(longest / unit); {
	case !(n > 0):
		return 0
	case n > limit:
		return longest
	}
	return int64(n * float64(unit))
}
