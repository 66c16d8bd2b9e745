package report

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"ddmon/internal/render/safe"
	"ddmon/internal/series"
)

// moment is a time, or a time range, around which log lines are shown.
type moment struct {
	at, until int64
	what      []safe.Text
}

// Limits of the log lines around a moment.
const (
	around     = 20 * 1000 // ms before and after
	maxMoments = 30
	maxLines   = 40
)

// excerpt is the log lines around a moment.
type excerpt struct {
	Title safe.Text
	Lines []logLine
	Left  int
}

type logLine struct{ Time, Service, Status, Class, Message safe.Text }

// excerpts returns the log lines around phases and transitions, merging moments that are close together. left is the
// number of moments that are omitted.
func excerpts(lines []series.Log, moments []moment, c clock) (all []excerpt, left int) {
	for _, m := range mergeMoments(moments) {
		found := within(lines, m.at-around, m.until+around)
		if len(found) == 0 {
			continue
		}
		if len(all) == maxMoments {
			left++
			continue
		}
		title := c.ms(m.at)
		if m.until > m.at {
			title += " to " + c.ms(m.until)
		}
		e := excerpt{Title: title + ": " + safe.Join(m.what, ", ")}
		if e.Left = len(found) - maxLines; e.Left > 0 {
			found = found[:maxLines]
		}
		for _, l := range found {
			e.Lines = append(e.Lines, logLine{
				Time: c.exact(l.At), Service: shown(l.Service, maxName), Status: shown(l.Status, maxName),
				Class: severity(l.Status), Message: shown(l.Message, maxLine),
			})
		}
		all = append(all, e)
	}
	return all, left
}

// mergeMoments joins moments whose lines would overlap, up to a maximum length.
func mergeMoments(moments []moment) (merged []moment) {
	slices.SortStableFunc(moments, func(a, b moment) int { return cmp.Compare(a.at, b.at) })
	for _, m := range moments {
		if last := len(merged) - 1; last >= 0 && m.at-merged[last].until <= around && m.at-merged[last].at <= 6*around {
			merged[last].until = m.at
			merged[last].what = append(merged[last].what, m.what...)
			continue
		}
		m.until, m.what = m.at, slices.Clone(m.what)
		merged = append(merged, m)
	}
	return merged
}

func within(lines []series.Log, from, to int64) []series.Log {
	i := sort.Search(len(lines), func(i int) bool { return lines[i].At >= from })
	j := sort.Search(len(lines), func(i int) bool { return lines[i].At > to })
	return lines[i:j]
}

// severity is the CSS class of a log status.
func severity(status string) safe.Text {
	switch strings.ToLower(status) {
	case "error", "err", "critical", "emergency", "alert", "fatal":
		return "error"
	case "warn", "warning":
		return "warning"
	}
	return "plain"
}
