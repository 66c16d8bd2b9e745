package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"ddmon/internal/render"
)

// How many bytes of a text from outside are shown.
const (
	maxName    = 300
	maxLine    = 600
	maxMessage = 4000
)

// shown makes text from outside fit to show on one line: hostile characters visible, what is too long cut visibly.
func shown(s string, limit int) string { return cut(s, limit, render.Clean) }

// shownLines is shown for text of several lines.
func shownLines(s string, limit int) string { return cut(s, limit, render.CleanLines) }

func cut(s string, limit int, clean func(string) string) string {
	if len(s) <= limit {
		return clean(s)
	}
	end := limit
	for end > limit-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return clean(s[:end]) + fmt.Sprintf(" … [cut here: %s in all]", size(len(s)))
}

func size(n int) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}

// number writes a value as people read it: at most six digits, thousands not as 1e+03.
func number(v float64) string {
	text := strconv.FormatFloat(v, 'g', 6, 64)
	if short, err := strconv.ParseFloat(text, 64); err == nil && strings.Contains(text, "e+") && short < 1e15 && short > -1e15 {
		return strconv.FormatFloat(short, 'f', -1, 64)
	}
	return text
}

// counted writes 1 line, 2 lines.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// short is an address without its kind, for places where there is little room.
func short(address string) string { return shown(strings.TrimPrefix(address, "monitor."), maxName) }
