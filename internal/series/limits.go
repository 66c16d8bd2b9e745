package series

import (
	"bytes"
	"time"
)

// What a recording may hold, all of its files together where nothing else is said. Within these limits it loads within
// seconds and needs about 200 MB. A fixture beyond these is better cut to the time and to what matters.
const (
	// MaxFileBytes is the size of each file, MaxBytes that of all.
	MaxFileBytes = 32 << 20
	MaxBytes     = 128 << 20
	// MaxSourceBytes is the size of recording.hcl.
	MaxSourceBytes = 20 << 20
	// MaxLineBytes is the length of a line of a CSV or JSON lines file. Datadog cuts a log at 1 MB.
	MaxLineBytes = 1 << 20
	// MaxTokens counts the words, signs and line breaks of recording.hcl. The values in a text are not counted.
	MaxTokens = 200_000
	// MaxPoints counts the samples of all series, and of each values the missing ones too: 1,000 series of 15 s over
	// a day are 5,760,000. A stretch of values between two gaps counts as segmentPoints more.
	MaxPoints = 6_000_000
	MaxLogs   = 200_000
	MaxEvents = 100_000
	MaxPhases = 1000
	// MaxElements counts the values in the lines of all logs and events: fields, attributes and the elements of lists. An
	// object counts as objectElements more.
	MaxElements = 4_000_000
	// MaxTags is how many tags a series, log or event may have.
	MaxTags = 100
	// MaxColumns is how many columns a CSV file may have.
	MaxColumns = 1000
	// MaxLength is the time from start to end.
	MaxLength = 31 * 24 * time.Hour
	// MaxInterval is between two samples.
	MaxInterval = 24 * time.Hour
)

const (
	// segmentPoints is what a segment costs besides its values, in points.
	segmentPoints = 15
	// objectElements is what an object costs besides its values, in values.
	objectElements = 7
	// maxWord is how many bytes of a word are one token.
	maxWord = 64
	// maxDetail is how much of a message is shown, in bytes, and maxQuoted how much of a text that it quotes, which may
	// be as long as a file.
	maxDetail = 4000
	maxQuoted = 200
)

// short is a text as messages quote it.
func short(text string) string {
	if len(text) <= maxQuoted {
		return text
	}
	return string(bytes.ToValidUTF8([]byte(text[:maxQuoted]), nil)) + "..."
}
