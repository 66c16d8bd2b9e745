package evaluate

// Lengths of time, in milliseconds.
const (
	Second = int64(1000)
	Minute = 60 * Second
	Hour   = 60 * Minute
	Day    = 24 * Hour
)

// longest bounds every length of time that a monitor names, so that sums of them stay numbers: ten years.
const longest = 3650 * Day

// Lasting is a time of so many units in milliseconds, between 0 and longest.
func Lasting(n float64, unit int64) int64 {
	switch limit := float64(longest / unit); {
	case !(n > 0):
		return 0
	case n > limit:
		return longest
	}
	return int64(n * float64(unit))
}
