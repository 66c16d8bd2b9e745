package series

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Run is one item of the compact notation: Count samples, of which number i is First + i*Step; or, with Gap, Count
// places of the grid without a sample.
type Run struct {
	First, Step float64
	Count       int
	Gap         bool
}

// NotationError is a fault in compact notation.
type NotationError struct {
	// Offset and Length are the bytes of the text that are wrong.
	Offset, Length  int
	Summary, Detail string
}

func (e *NotationError) Error() string {
	return fmt.Sprintf("%s at byte %d: %s", e.Summary, e.Offset, e.Detail)
}

// ParseRuns reads compact notation. The error is a *NotationError. At most MaxPoints places are accepted in all.
func ParseRuns(text string) ([]Run, error) {
	var runs []Run
	if err := eachRun(text, func(r Run) { runs = append(runs, r) }); err != nil {
		return nil, err
	}
	return runs, nil
}

// eachRun passes the runs of a text to each, without keeping them: a long text has millions.
func eachRun(text string, each func(Run)) error {
	places := 0
	for at := 0; at < len(text); {
		switch c := text[at]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			at++
		case c == '#':
			if end := strings.IndexByte(text[at:], '\n'); end >= 0 {
				at += end
			} else {
				at = len(text)
			}
		default:
			length := strings.IndexAny(text[at:], " \t\r\n#")
			if length < 0 {
				length = len(text) - at
			}
			run, err := parseItem(text[at : at+length])
			if err == nil && run.Count > MaxPoints-places {
				err = &NotationError{Length: length, Summary: "Too many points",
					Detail: fmt.Sprintf("With this item there are more than %d points (limit MaxPoints). Check the count, or use a longer interval.", MaxPoints)}
			}
			if err != nil {
				err.Offset += at
				return err
			}
			each(run)
			places += run.Count
			at += length
		}
	}
	return nil
}

// FormatRuns writes runs in compact notation, in one line. What it writes reads back as the same runs.
func FormatRuns(runs []Run) string {
	var b strings.Builder
	for i, r := range runs {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch {
		case r.Gap:
			b.WriteByte('_')
		default:
			b.WriteString(formatNumber(r.First))
			if r.Step > 0 {
				b.WriteByte('+')
			}
			if r.Step != 0 {
				b.WriteString(formatNumber(r.Step))
			}
		}
		if r.Count > 1 || r.Step != 0 {
			b.WriteByte('x')
			b.WriteString(strconv.Itoa(r.Count))
		}
	}
	return b.String()
}

func formatNumber(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// parseItem reads one item, such as 0+2x25.
func parseItem(item string) (Run, *NotationError) {
	if rest, ok := strings.CutPrefix(item, "_"); ok {
		count, err := parseCount(item, rest)
		return Run{Count: count, Gap: true}, err
	}
	length := numberLength(item)
	if length == 0 {
		return Run{}, notANumber(item)
	}
	run := Run{}
	var err *NotationError
	if run.First, err = parseNumber(item, 0, length); err != nil {
		return Run{}, err
	}
	rest := item[length:]
	sloped := rest != "" && (rest[0] == '+' || rest[0] == '-')
	if sloped {
		step := numberLength(rest[1:])
		if step == 0 || rest[1] == '-' || step+1 == len(rest) {
			return Run{}, itemError(item, "A straight line needs a step and a count: 0+2x25 is 0, 2, 4, ... with 25 samples, 50-2x25 goes down.")
		}
		if run.Step, err = parseNumber(item, length+1, step); err != nil {
			return Run{}, err
		}
		if rest[0] == '-' {
			run.Step = -run.Step
		}
		rest = rest[1+step:]
	}
	if run.Count, err = parseCount(item, rest); err != nil {
		return Run{}, err
	}
	if run.Count == 1 || run.Step == 0 {
		run.Step = 0 // one sample has no slope, and -0 is 0
	}
	if last := run.First + float64(run.Count-1)*run.Step; math.IsInf(last, 0) {
		return Run{}, itemError(item, "The line leaves the range of numbers. Use a smaller step or count.")
	}
	return run, nil
}

// parseCount reads the rest of an item: nothing (once) or x and the number of samples.
func parseCount(item, rest string) (int, *NotationError) {
	if rest == "" {
		return 1, nil
	}
	digits, ok := strings.CutPrefix(rest, "x")
	if !ok || digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, itemError(item, "After the value only x and a count may follow, such as 1x40. Separate items by blanks.")
	}
	count, err := strconv.Atoi(digits)
	switch {
	case err != nil:
		return 0, itemError(item, fmt.Sprintf("The count is too large. A recording has at most %d points.", MaxPoints))
	case count == 0:
		return 0, itemError(item, "The count is the number of samples and at least 1. Leave the item out if there are none.")
	}
	return count, nil
}

// parseNumber reads item[at:at+length], which numberLength has measured.
func parseNumber(item string, at, length int) (float64, *NotationError) {
	v, err := strconv.ParseFloat(item[at:at+length], 64)
	if err != nil {
		return 0, &NotationError{Offset: at, Length: length, Summary: "Number out of range", Detail: "It is too large for a 64-bit floating point number. Check its exponent."}
	}
	return v, nil
}

// numberLength returns how many bytes at the start of s are a decimal number. It does not use strconv, which would
// take 0x41 for a hexadecimal number.
func numberLength(s string) int {
	digits := func(i int) int {
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		return i
	}
	start := 0
	if strings.HasPrefix(s, "-") {
		start = 1
	}
	end := digits(start)
	if end == start {
		return 0
	}
	if end < len(s) && s[end] == '.' {
		if fraction := digits(end + 1); fraction > end+1 {
			end = fraction
		}
	}
	if end < len(s) && (s[end] == 'e' || s[end] == 'E') {
		sign := end + 1
		if sign < len(s) && (s[sign] == '+' || s[sign] == '-') {
			sign++
		}
		if exponent := digits(sign); exponent > sign {
			end = exponent
		}
	}
	return end
}

// notANumber explains an item that begins with no number.
func notANumber(item string) *NotationError {
	switch word := strings.ToLower(strings.TrimLeft(item, "+-")); {
	case strings.HasPrefix(word, "nan"), strings.HasPrefix(word, "inf"):
		return itemError(item, "Datadog keeps no NaN and no infinity. Write _ where there is no sample.")
	case word == "stale":
		return itemError(item, "A series in Datadog just ends. Leave the rest out, or write _ for each missing sample.")
	}
	return itemError(item, "Expected a number (7), a run (1x40), a line (0+2x25) or a missing sample (_). Numbers have no leading + or dot.")
}

func itemError(item, detail string) *NotationError {
	return &NotationError{Length: len(item), Summary: "Invalid value", Detail: detail}
}
