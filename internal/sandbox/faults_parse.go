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

// ParseFaults parses a fault script, whose format the package comment describes. The error names every invalid line and
// what to write instead. A script without rules is valid and only counts requests.
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
		return nil, errors.New("incomplete rule: write METHOD PATH WHEN FAULT, for example POST /api/v1/monitor 3 reset=after")
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
		return nil, errors.New("stale applies only to writes, and GET writes nothing: use the method of the write, or *")
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
			return nil, fmt.Errorf("%q is not a valid method: use %s, a comma-separated list of them, or * for all", m, strings.Join(known, ", "))
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
		return "", fmt.Errorf("%q is not a valid path: use a path such as /api/v1/monitor, /api/v1/monitor/* or /api/v1/**, or * for all", word)
	}
	return word, nil
}

// parseWhen parses always, 3, 2-5, 2- and every=3.
func parseWhen(word string) (requestRange, error) {
	if word == "always" {
		return requestRange{first: 1, step: 1}, nil
	}
	wrong := fmt.Errorf("%q is not a valid WHEN: use always, a number such as 3, a range such as 2-5 or 2-, or every=3", word)
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

// parsePositive parses a positive integer. The caller replaces its error with one that names the argument.
func parsePositive(word string) (int, error) {
	n, err := strconv.ParseUint(word, 10, 31)
	if err == nil && n == 0 {
		err = strconv.ErrRange
	}
	return int(n), err
}

// parseFault parses the rest of a rule: latency and stale, and at most one of the other faults.
func parseFault(words []string) (fault, error) {
	var f fault
	var chosen string
	given := map[string]bool{}
	for _, word := range words {
		key, value, _ := strings.Cut(word, "=")
		if given[key] {
			return f, fmt.Errorf("%s is set twice: remove one of them", key)
		}
		given[key] = true
		read, known := faultReaders()[key]
		if !known {
			return f, fmt.Errorf("%q is not a valid fault: use latency=, stale=, status=, reset=, truncate=, slow= or body=", word)
		}
		if wanted := read(&f, value); wanted != "" {
			return f, fmt.Errorf("invalid fault %q: use %s", word, wanted)
		}
		if key == "latency" || key == "stale" {
			continue
		}
		if chosen != "" {
			return f, fmt.Errorf("%s and %s cannot be combined: remove one of them", chosen, key)
		}
		chosen = key
	}
	return f, nil
}

// faultReaders maps the name of a fault to the function that reads its value. The function returns what to use instead
// if the value is invalid.
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
	switch value {
	case "403":
		f.respond = gatewayStatus(http.StatusForbidden)
		return ""
	case "429":
		f.respond = rateLimited
		return ""
	}
	code, after := strings.CutSuffix(value, ":after")
	status, err := strconv.Atoi(code)
	if err != nil || !slices.Contains([]int{500, 502, 503, 504}, status) {
		return "status=403 or 429, or status=500, 502, 503 or 504, optionally with :after as in status=504:after"
	}
	f.respond, f.processed = gatewayStatus(status), after
	return ""
}

func readReset(f *fault, value string) string {
	if value != "before" && value != "after" {
		return "reset=before or reset=after, depending on whether the request is processed first"
	}
	f.respond, f.processed = resetConnection, value == "after"
	return ""
}

func readTruncate(f *fault, value string) string {
	n, err := strconv.ParseUint(value, 10, 31)
	if err != nil {
		return "the number of bytes to send, such as truncate=100"
	}
	f.respond, f.processed = truncateBody(int(n)), true
	return ""
}

func readSlow(f *fault, value string) string {
	d, err := time.ParseDuration(value)
	if err != nil || d < slowChunks {
		return "the duration of the response, such as slow=5s"
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
