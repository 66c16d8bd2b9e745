package series

import "time"

// What a recording may hold. A fixture beyond these is better cut to the time that matters.
const (
	// MaxFileBytes is the size of each file.
	MaxFileBytes = 64 << 20
	// MaxPoints counts the samples of all series, and of each values the missing ones too: 1,000 series of 15 s over
	// a day are 5,760,000.
	MaxPoints = 20_000_000
	MaxLogs   = 1_000_000
	MaxEvents = 100_000
	// MaxElements counts the values in the lines of all logs and events: fields, attributes and the elements of lists.
	MaxElements = 20_000_000
	// MaxLength is the time from start to end.
	MaxLength = 31 * 24 * time.Hour
	// MaxInterval is between two samples.
	MaxInterval = 24 * time.Hour
)
