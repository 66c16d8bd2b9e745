package replay

const (
	second = int64(1000)
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
)

// longest bounds every length of time that a monitor names, so that sums of them stay numbers: ten years.
const longest = 3650 * day

// lasting is a time of so many units in milliseconds, between 0 and longest.
func lasting(n float64, unit int64) int64 {
	switch limit := float64(longest / unit); {
	case !(n > 0):
		return 0
	case n > limit:
		return longest
	}
	return int64(n * float64(unit))
}
