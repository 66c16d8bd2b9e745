package sandbox

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// searchFilter is the part of a request that says what to search and when.
type searchFilter struct {
	query    string
	from, to int64
}

// newFilter reads the texts of a filter. Without times, the window is the last 15 minutes.
func (ob observer) newFilter(query, from, to string) (searchFilter, string) {
	f := searchFilter{query: query}
	var ok bool
	if f.from, ok = ob.moment(from, "now-15m"); !ok {
		return f, inputError("filter", "invalid date")
	}
	if f.to, ok = ob.moment(to, "now"); !ok {
		return f, inputError("filter", "invalid date")
	}
	f.to = ob.until(f.to)
	return f, ""
}

// moment reads a time: now, now-15m, RFC 3339, or Unix milliseconds.
func (ob observer) moment(text, missing string) (int64, bool) {
	if text == "" {
		text = missing
	}
	if rest, ok := strings.CutPrefix(text, "now"); ok {
		offset, ok := offset(rest)
		return ob.now().Add(offset).UnixMilli(), ok
	}
	if ms, err := strconv.ParseInt(text, 10, 64); err == nil {
		return ms, true
	}
	at, err := time.Parse(time.RFC3339, text)
	return at.UnixMilli(), err == nil
}

// offset reads the offset of a relative time: "-15m", "+2h", or nothing.
func offset(text string) (time.Duration, bool) {
	if text == "" {
		return 0, true
	}
	units := map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}
	unit, ok := units[text[len(text)-1]]
	n, err := strconv.ParseInt(text[:len(text)-1], 10, 32)
	return time.Duration(n) * unit, ok && err == nil && strings.ContainsRune("+-", rune(text[0]))
}

// inputError is the message of the events and logs services for an invalid field, with the notation of the service
// behind them.
func inputError(field, problem string) string {
	return "{'errors': [u\"input_validation_error(Field '" + field + "' is invalid: " + problem + ")\"]}"
}

// integer returns a number of a body; missing if it is not set or not an integer.
func integer(v any, missing int64) int64 {
	n, isNumber := v.(json.Number)
	if !isNumber {
		return missing
	}
	if i, err := n.Int64(); err == nil {
		return i
	}
	f, err := n.Float64()
	if err != nil || f < -maxParameter || f > maxParameter {
		return missing
	}
	return int64(f)
}

// rfc3339 formats a time with milliseconds, like the API's logs.
func rfc3339(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z") }
