package series

import (
	"bytes"
	"time"
)

// Limits of a recording. They apply to all of its files together, unless stated otherwise. Within these limits a
// recording loads within seconds and needs about 200 MB.
const (
	// MaxFileBytes is the size of each file, MaxBytes the size of all files.
	MaxFileBytes = 32 << 20
	MaxBytes     = 128 << 20
	// MaxSourceBytes is the size of recording.hcl.
	MaxSourceBytes = 20 << 20
	// MaxLineBytes is the length of a line of a CSV or JSON Lines file. Datadog truncates logs at 1 MB.
	MaxLineBytes = 1 << 20
	// MaxTokens counts the words, symbols and line breaks of recording.hcl. Values inside a string are not counted.
	MaxTokens = 200_000
	// MaxPoints counts the samples of all series, including missing samples in values. 1,000 series at 15 s over a day
	// have 5,760,000. Each segment between two gaps counts segmentPoints more.
	MaxPoints = 6_000_000
	MaxLogs   = 200_000
	MaxEvents = 100_000
	MaxPhases = 1000
	// MaxAbsent is the number of absent blocks.
	MaxAbsent = 100
	// MaxElements counts the values in the lines of all logs and events: fields, attributes and the elements of lists.
	// Each object counts objectElements more.
	MaxElements = 4_000_000
	// MaxTags is the number of tags of a series, log or event.
	MaxTags = 100
	// MaxColumns is the number of columns of a CSV file.
	MaxColumns = 1000
	// MaxLength is the time from start to end.
	MaxLength = 31 * 24 * time.Hour
	// MaxInterval is the time between two samples.
	MaxInterval = 24 * time.Hour
)

const (
	// segmentPoints is the overhead of a segment, in points.
	segmentPoints = 15
	// objectElements is the overhead of an object, in values.
	objectElements = 7
	// maxWord is the number of bytes of a word that count as one token.
	maxWord = 64
	// maxDetail is the maximum length of a message in bytes. maxQuoted is the maximum length of a string that it quotes,
	// which can be as long as a file.
	maxDetail = 4000
	maxQuoted = 200
)

// truncate truncates a string for use in messages.
func truncate(text string) string {
	if len(text) <= maxQuoted {
		return text
	}
	return string(bytes.ToValidUTF8([]byte(text[:maxQuoted]), nil)) + "..."
}
