package ddquery

import (
	"strconv"
	"strings"
	"time"
)

// WindowKind is the kind of a window.
type WindowKind int

// The kinds of window.
const (
	// WindowLast is a sliding window that ends now: last_5m, or "5m" in a log-style query.
	WindowLast WindowKind = iota
	// WindowCurrent is cumulative since the start of the hour, day or month: current_1d.
	WindowCurrent
	// WindowNext is in the future, for forecasts: next_1w.
	WindowNext
	// WindowAgo is the legacy syntax for the shift of a change: 5m_ago.
	WindowAgo
)

// Window is a time window. Text is the source, including quotes.
type Window struct {
	Span
	Text string
	Kind WindowKind
	// Count and Unit are 5 and "m" of last_5m; Unit is s, m, h, d, w or mo.
	Count int
	Unit  string
}

const day = 24 * time.Hour

// unitDuration returns the length of a unit, 0 for an unknown unit. A month has 30 days.
func unitDuration(unit string) time.Duration {
	switch unit {
	case "s":
		return time.Second
	case "m":
		return time.Minute
	case "h":
		return time.Hour
	case "d":
		return day
	case "w":
		return 7 * day
	case "mo":
		return 30 * day
	}
	return 0
}

// Duration returns the length of the window. For a cumulative window, it is the maximum length. A month has 30 days.
func (w *Window) Duration() time.Duration { return time.Duration(w.Count) * unitDuration(w.Unit) }

// maxWindowCount prevents overflows of the window's duration.
const maxWindowCount = 10_000_000

// window consumes last_5m, current_1d, next_1w or 5m_ago.
func (c *cursor) window() *Window {
	id, ok := c.ident("")
	if !ok {
		c.failHere("window", "expected a window", "write last_5m")
	}
	from := c.pos - len(id.Name)
	w := &Window{Span: id.Span, Text: id.Name}
	prefix, rest, found := strings.Cut(id.Name, "_")
	switch {
	case found && prefix == "last":
		w.Kind = WindowLast
	case found && prefix == "current":
		w.Kind = WindowCurrent
	case found && prefix == "next":
		w.Kind = WindowNext
	case found && rest == "ago":
		w.Kind, rest = WindowAgo, prefix
	default:
		c.fail(from, c.pos, "window", id.Name+" is not a valid window", windowHint(id.Name))
	}
	c.amount(w, rest, id.Name, from)
	return w
}

// windowHint suggests a replacement for an invalid window.
func windowHint(word string) string {
	if word != "" && isDigit(word[0]) {
		return "write last_" + word
	}
	return "write last_5m, current_1d or next_1w"
}

// amount sets Count and Unit from a string such as 5m. whole is the complete word, for messages.
func (c *cursor) amount(w *Window, text, whole string, from int) {
	i := 0
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	w.Unit = text[i:]
	count, err := strconv.Atoi(text[:i])
	switch {
	case i == 0:
		c.fail(from, c.pos, "window_count", strconv.Quote(whole)+" has no number", "write 5m, 4h or 1d")
	case err != nil || count > maxWindowCount:
		c.fail(from, c.pos, "window_count", strconv.Quote(whole)+" is too long", "")
	case w.Unit == "":
		c.fail(from, c.pos, "window_unit", whole+" has no unit", "write "+whole+"m")
	case unitDuration(w.Unit) == 0:
		c.fail(from, c.pos, "window_unit", whole+" has an unknown unit "+strconv.Quote(w.Unit), "use m, h, d, w or mo")
	}
	w.Count = count
}

// duration consumes a bare or quoted duration, the argument of .last("5m") or .last(1h).
func (c *cursor) duration() *Window {
	c.skipSpace()
	from := c.pos
	w := &Window{Kind: WindowLast}
	var text string
	inner := c
	if isQuote(c.at(from)) {
		s := c.quoted()
		text, inner = s.Value, s.inside()
		inner.pos, from = len(text), 0
		w.Span, w.Text = s.Span, s.Raw
	} else {
		id, ok := c.ident("")
		if !ok {
			c.failHere("window", "expected a duration", `write "5m"`)
		}
		from = c.pos - len(id.Name)
		text = id.Name
		w.Span, w.Text = id.Span, id.Name
	}
	if rest, found := strings.CutPrefix(text, "last_"); found {
		inner.fail(from, inner.pos, "window", text+" is only valid in metric queries", `write "`+rest+`" here`)
	}
	whole := text
	if rest, found := strings.CutPrefix(text, "current_"); found {
		w.Kind, text = WindowCurrent, rest
	}
	inner.amount(w, text, whole, from)
	return w
}

// ParseWindow parses a window in the syntax of metric queries: last_5m, current_1d. The error is an *Error.
func ParseWindow(text string) (*Window, error) { return (&String{Value: text}).Window() }

// Window parses the window in a string, such as the argument alert_window. The error is an *Error.
func (s *String) Window() (w *Window, err error) {
	defer catch(&err)
	c := s.inside()
	parsed := c.window()
	c.end("the window")
	return parsed, nil
}

// ParseDuration parses a duration: 60m, 1h, 2d. The error is an *Error.
func ParseDuration(text string) (w *Window, err error) {
	defer catch(&err)
	c := newCursor(text)
	parsed := c.duration()
	c.end("the duration")
	return parsed, nil
}
