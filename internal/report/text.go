package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"ddmon/internal/render/safe"
)

// Limits for text from outside, in bytes.
const (
	maxName    = 300
	maxLine    = 600
	maxMessage = 4000
)

// shown returns text from outside on one line, with visible escapes, truncated with a notice.
func shown(s string, limit int) safe.Text { return cut(s, limit, safe.Line) }

// shownLines is shown for text of several lines.
func shownLines(s string, limit int) safe.Text { return cut(s, limit, safe.Lines) }

func cut(s string, limit int, clean func(string) safe.Text) safe.Text {
	kept, notice := truncate(s, limit)
	return clean(kept) + notice
}

// truncate cuts a text, and returns a notice if it does.
func truncate(s string, limit int) (kept string, notice safe.Text) {
	if len(s) <= limit {
		return s, ""
	}
	end := limit
	for end > limit-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end], " … [truncated: " + size(len(s)) + " in total]"
}

func size(n int) safe.Text {
	switch {
	case n >= 1<<20:
		return safe.Float(float64(n)/(1<<20), 'f', 1) + " MB"
	case n >= 1<<10:
		return safe.Float(float64(n)/(1<<10), 'f', 1) + " KB"
	}
	return safe.Int(n) + " bytes"
}

// number writes a value with at most six digits, without exponents such as 1e+03.
func number(v float64) safe.Text {
	text := strconv.FormatFloat(v, 'g', 6, 64)
	if short, err := strconv.ParseFloat(text, 64); err == nil && strings.Contains(text, "e+") && short < 1e15 && short > -1e15 {
		return safe.Float(short, 'f', -1)
	}
	return safe.Float(v, 'g', 6)
}

// shortAddress is an address without its kind, to save room.
func shortAddress(address string) safe.Text {
	return shown(strings.TrimPrefix(address, "monitor."), maxName)
}
