package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"
)

// ParseFaults reads a fault script; the package comment describes it. The error names every line that cannot be
// read, and what to write instead. A script without rules is fine and only counts.
func ParseFaults(script []byte) (*Faults, error) {
	f := &Faults{}
	var wrong []error
	number := 0
	for line := range strings.Lines(string(script)) {
		number++
		words := strings.Fields(line)
		if comment := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "#") }); comment >= 0 {
			words = words[:comment]
		}
		if len(words) == 0 {
			continue
		}
		rule, err := parseRule(words)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", number, err))
			continue
		}
		f.rules = append(f.rules, rule)
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	return f, nil
}

func parseRule(words []string) (*rule, error) {
	if len(words) < 4 {
		return nil, errors.New("a rule is METHOD PATH WHEN FAULT, such as: POST /api/v1/monitor 3 reset=after")
	}
	methods, err := parseMethods(words[0])
	if err != nil {
		return nil, err
	}
	path, err := parsePath(words[1])
	if err != nil {
		return nil, err
	}
	when, err := parseWhen(words[2])
	if err != nil {
		return nil, err
	}
	fault, err := parseFault(words[3:])
	if err != nil {
		return nil, err
	}
	if fault.delay.set() && slices.Equal(methods, []string{http.MethodGet}) {
		return nil, errors.New("stale belongs to the writes that lists show late, and GET writes nothing: name the write's method, or *")
	}
	return &rule{methods: methods, path: path, when: when, fault: fault}, nil
}

func parseMethods(word string) ([]string, error) {
	if word == "*" {
		return nil, nil
	}
	methods := strings.Split(word, ",")
	known := []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
	for _, m := range methods {
		if !slices.Contains(known, m) {
			return nil, fmt.Errorf("%q is no method: write %s, several of them with commas, or * for all", m, strings.Join(known, ", "))
		}
	}
	slices.Sort(methods)
	return slices.Compact(methods), nil
}

func parsePath(word string) (string, error) {
	if word == "*" {
		return "/**", nil
	}
	if !strings.HasPrefix(word, "/") || !doublestar.ValidatePattern(word) {
		return "", fmt.Errorf("%q is no path: write one such as /api/v1/monitor, /api/v1/monitor/* or /api/v1/**, or * for all", word)
	}
	return word, nil
}

// parseWhen reads always, 3, 2-5, 2- and every=3.
func parseWhen(word string) (requestRange, error) {
	if word == "always" {
		return requestRange{first: 1, step: 1}, nil
	}
	wrong := fmt.Errorf("%q does not say when: write always, a number such as 3, a range such as 2-5 or 2-, or every=3", word)
	if k, isEvery := strings.CutPrefix(word, "every="); isEvery {
		n, err := parsePositive(k)
		if err != nil {
			return requestRange{}, wrong
		}
		return requestRange{first: n, step: n}, nil
	}
	from, to, isRange := strings.Cut(word, "-")
	first, err := parsePositive(from)
	if err != nil {
		return requestRange{}, wrong
	}
	o := requestRange{first: first, last: first, step: 1}
	if isRange {
		o.last = 0
	}
	if to != "" {
		if o.last, err = parsePositive(to); err != nil || o.last < first {
			return requestRange{}, wrong
		}
	}
	return o, nil
}

// parsePositive reads a whole number from 1. Its error is for its caller, who knows what is being read.
func parsePositive(word string) (int, error) {
	n, err := strconv.ParseUint(word, 10, 31)
	if err == nil && n == 0 {
		err = strconv.ErrRange
	}
	return int(n), err
}

// parseFault reads the rest of a rule: at most one way to spoil the answer, and whatever does not exclude it.
func parseFault(words []string) (fault, error) {
	var f fault
	var chosen string
	given := map[string]bool{}
	for _, word := range words {
		key, value, _ := strings.Cut(word, "=")
		if given[key] {
			return f, fmt.Errorf("%s is given twice: keep one of them", key)
		}
		given[key] = true
		read, known := faultReaders()[key]
		if !known {
			return f, fmt.Errorf("%q is no fault: write latency=, stale=, status=, reset=, truncate=, slow= or body=", word)
		}
		if wanted := read(&f, value); wanted != "" {
			return f, fmt.Errorf("%q is not understood: write %s", word, wanted)
		}
		if key == "latency" || key == "stale" {
			continue
		}
		if chosen != "" {
			return f, fmt.Errorf("%s and %s exclude each other: an answer is spoilt in one way. Keep one of them", chosen, key)
		}
		chosen = key
	}
	return f, nil
}

// faultReaders are the words of a fault. Each puts its value into the fault, or returns what it wants to see instead.
func faultReaders() map[string]func(*fault, string) string {
	return map[string]func(*fault, string) string{
		"latency":  readLatency,
		"stale":    readStale,
		"status":   readStatus,
		"reset":    readReset,
		"truncate": readTruncate,
		"slow":     readSlow,
		"body":     readBody,
	}
}

func readLatency(f *fault, value string) string {
	d, err := time.ParseDuration(value)
	if err != nil || d <= 0 {
		return "a duration such as latency=200ms"
	}
	f.latency = d
	return ""
}

func readStale(f *fault, value string) string {
	if n, err := parsePositive(value); err == nil {
		f.delay.requests = n
		return ""
	}
	d, err := time.ParseDuration(value)
	if err != nil || d <= 0 {
		return "a number of requests such as stale=3, or a duration such as stale=2s"
	}
	f.delay.time = d
	return ""
}

func readStatus(f *fault, value string) string {
	if value == "429" {
		f.respond = rateLimited
		return ""
	}
	code, after := strings.CutSuffix(value, ":after")
	status, err := strconv.Atoi(code)
	if err != nil || !slices.Contains([]int{500, 502, 503, 504}, status) {
		return "status=429, status=500, 502, 503 or 504, or one of the last four with :after, such as status=504:after"
	}
	f.respond, f.processed = gatewayStatus(status), after
	return ""
}

func readReset(f *fault, value string) string {
	if value != "before" && value != "after" {
		return "reset=before or reset=after: is the request carried out first?"
	}
	f.respond, f.processed = resetConnection, value == "after"
	return ""
}

func readTruncate(f *fault, value string) string {
	n, err := strconv.ParseUint(value, 10, 31)
	if err != nil {
		return "how many bytes are sent, such as truncate=100"
	}
	f.respond, f.processed = truncateBody(int(n)), true
	return ""
}

func readSlow(f *fault, value string) string {
	d, err := time.ParseDuration(value)
	if err != nil || d < slowChunks {
		return "over how long the body comes, such as slow=5s"
	}
	f.respond, f.processed = slowBody(d), true
	return ""
}

func readBody(f *fault, value string) string {
	bodies := map[string]fault{
		"broken":     {processed: true, respond: rewriteBody(firstHalf)},
		"wrong":      {processed: true, respond: rewriteBody(wrongShape)},
		"empty":      {processed: true, respond: rewriteBody(emptyBody)},
		"html":       {respond: htmlPage},
		"html:after": {processed: true, respond: htmlPage},
	}
	body, known := bodies[value]
	if !known {
		return "body=broken, body=wrong, body=empty, body=html or body=html:after"
	}
	f.respond, f.processed = body.respond, body.processed
	return ""
}
