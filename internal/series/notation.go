package series

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Run is one item of the compact notation: Count samples, where sample i is First + i*Step. With Gap, it is Count
// missing samples.
type Run struct {
	First, Step float64
	Count       int
	Gap         bool
}

// NotationError is an error in compact notation.
type NotationError struct {
	// Offset and Length locate the invalid item, in bytes.
	Offset, Length  int
	Summary, Detail string
}

func (e *NotationError) Error() string {
	return fmt.Sprintf("%s at byte %d: %s", e.Summary, e.Offset, e.Detail)
}

// eachRun parses compact notation and calls each for every run, without collecting them: a long text has millions. The
// error is a *NotationError. The total count is at most MaxPoints.
func eachRun(text string, each func(Run)) error {
	total := 0
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
			if err == nil && run.Count > MaxPoints-total {
				err = &NotationError{Length: length, Summary: "Too many points",
					Detail: fmt.Sprintf("With this item there are more than %d points (limit MaxPoints). Check the count, or use a longer interval.", MaxPoints)}
			}
			if err != nil {
				err.Offset += at
				return err
			}
			each(run)
			total += run.Count
			at += length
		}
	}
	return nil
}

// parseItem parses one item, such as 0+2x25.
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
			return Run{}, itemError(item, "A line needs a step and a count: 0+2x25 is 25 samples 0, 2, 4, ..., and 50-2x25 decreases.")
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
		return Run{}, itemError(item, "The last value of the line is out of range. Use a smaller step or count.")
	}
	return run, nil
}

// parseCount parses the rest of an item: empty (one sample), or x and the number of samples.
func parseCount(item, rest string) (int, *NotationError) {
	if rest == "" {
		return 1, nil
	}
	digits, ok := strings.CutPrefix(rest, "x")
	if !ok || digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, itemError(item, "Only x and a count can follow the value, such as 1x40. Separate items with spaces.")
	}
	count, err := strconv.Atoi(digits)
	switch {
	case err != nil:
		return 0, itemError(item, fmt.Sprintf("The count is too large. A recording can have at most %d points.", MaxPoints))
	case count == 0:
		return 0, itemError(item, "The count is the number of samples and must be at least 1. Remove the item if there are no samples.")
	}
	return count, nil
}

// parseNumber parses item[at:at+length], as measured by numberLength.
func parseNumber(item string, at, length int) (float64, *NotationError) {
	v, err := strconv.ParseFloat(item[at:at+length], 64)
	if err != nil {
		return 0, &NotationError{Offset: at, Length: length, Summary: "Number out of range", Detail: "The number is too large for a 64-bit float. Check its exponent."}
	}
	return v, nil
}

// numberLength returns the length of the decimal number at the start of s. It does not use strconv, which would parse
// 0x41 as a hexadecimal number.
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

// notANumber returns the error for an item that does not start with a number.
func notANumber(item string) *NotationError {
	switch word := strings.ToLower(strings.TrimLeft(item, "+-")); {
	case strings.HasPrefix(word, "nan"), strings.HasPrefix(word, "inf"):
		return itemError(item, "Datadog does not store NaN or infinity. Write _ for a missing sample.")
	case word == "stale":
		return itemError(item, "Datadog has no staleness markers. Remove the rest, or write _ for each missing sample.")
	}
	return itemError(item, "Expected a number (7), a run (1x40), a line (0+2x25) or a missing sample (_). Numbers cannot start with + or a dot.")
}

func itemError(item, detail string) *NotationError {
	return &NotationError{Length: len(item), Summary: "Invalid value", Detail: detail}
}
