package report

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"ddmon/internal/render/safe"
	"ddmon/internal/series"
)

// maxStreams is the maximum number of rows of log counts in a section.
const maxStreams = 16

// stream is a row of log counts: of the logs that a query matches, or of a service.
type stream struct {
	Label safe.Text
	// Path is the SVG path of the bars in a box of 1000 by 100; Summary describes it in text.
	Path, Summary safe.Text
}

// bucketSteps are the possible durations of a bar.
var bucketSteps = []time.Duration{
	time.Second, 5 * time.Second, 15 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute,
	10 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour,
}

// bucket is the shortest duration that gives at most this many bars.
func bucket(c clock) time.Duration {
	const most = 160
	for _, b := range bucketSteps {
		if (c.end-c.start)/b.Milliseconds() <= most {
			return b
		}
	}
	return time.Duration((c.end-c.start)/most) * time.Millisecond
}

// streams returns the rows of log counts: by query if monitors have log queries, else by service. lines are the logs in
// the rows, ordered by time.
func streams(rec *series.Recording, monitors []monitor, c clock) (rows []stream, lines []series.Log, left int) {
	for i := range monitors {
		m := &monitors[i]
		if m.input == nil || m.input.Logs == nil {
			continue
		}
		rows = append(rows, newStream("matched by "+shortAddress(m.result.Address), m.input.Logs, c))
		lines = append(lines, m.input.Logs...)
	}
	if len(rows) > 0 {
		lines = uniqueLines(lines)
	} else {
		byService := map[string][]series.Log{}
		for _, l := range rec.Logs {
			byService[l.Service] = append(byService[l.Service], l)
		}
		for _, service := range slices.Sorted(maps.Keys(byService)) {
			rows = append(rows, newStream(serviceName(service), byService[service], c))
		}
		lines = rec.Logs
	}
	if len(rows) > maxStreams {
		rows, left = rows[:maxStreams], len(rows)-maxStreams
	}
	return rows, lines, left
}

func serviceName(service string) safe.Text {
	if service == "" {
		return "no service"
	}
	return shown(service, maxName)
}

// uniqueLines sorts the lines of several queries by time and removes duplicates.
func uniqueLines(lines []series.Log) []series.Log {
	compare := func(a, b series.Log) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	}
	slices.SortStableFunc(lines, compare)
	return slices.CompactFunc(lines, func(a, b series.Log) bool { return compare(a, b) == 0 && a.Message == b.Message })
}

func newStream(label safe.Text, logs []series.Log, c clock) stream {
	step := bucket(c).Milliseconds()
	counts := make([]int, (c.end-c.start+step-1)/step)
	most := 0
	for _, l := range logs {
		if i := (l.At - c.start) / step; l.At >= c.start && i < int64(len(counts)) {
			counts[i]++
			most = max(most, counts[i])
		}
	}
	summary := safe.Count(len(logs), "line") + ", at most " + safe.Int(most) + " in " + durationText(bucket(c))
	if from, to, ok := silence(logs, c); ok {
		summary += ", none from " + c.ms(from) + " to " + c.ms(to)
	}
	return stream{Label: label, Path: bars(counts, most, float64(step)*1000/float64(c.end-c.start)), Summary: summary}
}

// silence returns the longest time without a log, if it is much longer than the average distance of logs.
func silence(logs []series.Log, c clock) (from, to int64, ok bool) {
	const enough, factor = 5, 8
	if len(logs) < enough {
		return 0, 0, false
	}
	longest := int64(0)
	for i := 1; i < len(logs); i++ {
		if gap := logs[i].At - logs[i-1].At; gap > longest {
			longest, from, to = gap, logs[i-1].At, logs[i].At
		}
	}
	return from, to, longest > factor*(c.end-c.start)/int64(len(logs))
}

// bars returns the SVG path of counts. The height of a bar is the square root of its count: otherwise a service that
// works off a backlog would make its usual counts invisible.
func bars(counts []int, most int, width float64) safe.Text {
	var b []byte
	for i, n := range counts {
		if n == 0 {
			continue
		}
		height := max(4, int(100*math.Sqrt(float64(n)/float64(most))))
		b = strconv.AppendFloat(append(b, 'M'), float64(i)*width, 'f', 2, 64)
		b = strconv.AppendInt(append(b, " 100v-"...), int64(height), 10)
		b = strconv.AppendFloat(append(b, 'h'), width*0.8, 'f', 2, 64)
		b = append(strconv.AppendInt(append(b, 'v'), int64(height), 10), 'z')
	}
	return safe.Line(string(b))
}

// durationText writes a duration in its largest unit: 30 s, 5 min.
func durationText(d time.Duration) safe.Text {
	switch {
	case d%time.Hour == 0:
		return safe.Int(int(d/time.Hour)) + " h"
	case d%time.Minute == 0:
		return safe.Int(int(d/time.Minute)) + " min"
	}
	return safe.Float(d.Seconds(), 'g', -1) + " s"
}
