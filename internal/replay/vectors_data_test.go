package replay_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddtest"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// testData is the data and monitors of the statements so far.
type testData struct {
	folder   string // of the vectors
	interval time.Duration
	rec      *series.Recording
	monitors []replay.Monitor
	tested   int // index of the monitor that evaluate tests
}

const defaultStart = "2025-01-01T00:00:00Z"

// load replaces the data with a recording from a folder, or one built from the lines.
func (w *testData) load(t testing.TB, s statement) []failure {
	*w = testData{folder: w.folder}
	folder, ok := strings.CutPrefix(s.rest, "recording ")
	if ok {
		folder = filepath.Join(w.folder, folder)
	} else {
		files, failures := w.files(s)
		if failures != nil {
			return failures
		}
		folder = ddtest.Folder(t, files)
	}
	rec, diags := series.Load(folder)
	if diags.HasErrors() {
		return broken(s.number, "%v", diags)
	}
	w.rec = rec
	return nil
}

// files returns the files of a recording built from the lines of a load statement.
func (w *testData) files(s statement) (map[string]string, []failure) {
	length, rest, _ := strings.Cut(s.rest, " ")
	o, rest, err := parseSchedule(rest)
	if err != nil || rest != "" {
		return nil, broken(s.number, "load %s: %v", s.rest, err)
	}
	start, err := time.Parse(time.RFC3339, cmp.Or(o.from, defaultStart))
	if err != nil {
		return nil, broken(s.number, "%v", err)
	}
	lasts, err := time.ParseDuration(length)
	if err != nil {
		return nil, broken(s.number, "%v", err)
	}
	if w.interval = cmp.Or(o.every, 15*time.Second); w.interval <= 0 {
		return nil, broken(s.number, "the interval is %s", w.interval)
	}
	var hcl strings.Builder
	var logs, events []document
	fmt.Fprintf(&hcl, "note = \"vector\"\nstart = %q\nend = %q\ninterval = %q\n", start.Format(time.RFC3339), start.Add(lasts).Format(time.RFC3339), w.interval)
	hcl.WriteString("logs \"logs.jsonl\" {}\nevents \"events.jsonl\" {}\n")
	for _, l := range s.lines {
		switch l.word {
		case "gauge", "count", "rate", "service_check":
			err = oneSeries(&hcl, l)
		case "log":
			logs, err = documents(logs, l)
		case "event":
			events, err = documents(events, l)
		default:
			err = fmt.Errorf("invalid data %q: use gauge, count, rate, service_check, log or event", l.word)
		}
		if err != nil {
			return nil, broken(l.number, "%v", err)
		}
	}
	return map[string]string{"recording.hcl": hcl.String(), "logs.jsonl": jsonLines(logs), "events.jsonl": jsonLines(events)}, nil
}

// schedule is where in time a line of data is: from TIME every DURATION times N, all optional.
type schedule struct {
	from  string
	every time.Duration
	times int
}

// parseSchedule parses a schedule at the start of a string.
func parseSchedule(text string) (p schedule, rest string, err error) {
	for err == nil {
		word, after, _ := strings.Cut(text, " ")
		value, after, _ := strings.Cut(after, " ")
		switch word {
		case "from":
			p.from = value
		case "every":
			p.every, err = time.ParseDuration(value)
		case "times":
			p.times, err = strconv.Atoi(value)
		default:
			return p, text, nil
		}
		text = strings.TrimSpace(after)
	}
	return p, text, err
}

// oneSeries writes a line such as: gauge load{host:a,env:prod} from +20m every 60s 1x40.
func oneSeries(hcl *strings.Builder, l line) error {
	source, rest, _ := strings.Cut(l.rest, " ")
	p, values, err := parseSchedule(strings.TrimSpace(rest))
	if err != nil {
		return err
	}
	metric, tags, _ := strings.Cut(source, "{")
	fmt.Fprintf(hcl, "series %q {\n  type = %q\n  values = %q\n  tags = [", metric, l.word, values)
	for tag := range strings.SplitSeq(strings.TrimSuffix(tags, "}"), ",") {
		if tag != "" {
			fmt.Fprintf(hcl, "%q, ", tag)
		}
	}
	hcl.WriteString("]\n")
	if p.from != "" {
		fmt.Fprintf(hcl, "  start = %q\n", p.from)
	}
	if p.every != 0 {
		fmt.Fprintf(hcl, "  interval = %q\n", p.every)
	}
	hcl.WriteString("}\n")
	return nil
}

// document is a log or an event with its offset from the start.
type document struct {
	after time.Duration
	body  map[string]any
}

// documents adds the documents of a line such as: log from +30s every 1m times 40 {"message": "m"}.
func documents(list []document, l line) ([]document, error) {
	p, text, err := parseSchedule(l.rest)
	if err != nil {
		return nil, err
	}
	from, err := time.ParseDuration(cmp.Or(strings.TrimPrefix(p.from, "+"), "0s"))
	if err != nil {
		return nil, err
	}
	for i := range max(p.times, 1) {
		body, err := object(text)
		if err != nil {
			return nil, err
		}
		d := document{from + time.Duration(i)*p.every, body}
		d.body["timestamp"] = "+" + d.after.String()
		list = append(list, d)
	}
	return list, nil
}

// jsonLines formats documents in order of time.
func jsonLines(list []document) string {
	slices.SortStableFunc(list, func(a, b document) int { return cmp.Compare(a.after, b.after) })
	var text strings.Builder
	e := json.NewEncoder(&text)
	for _, d := range list {
		_ = e.Encode(d.body) // it was read from JSON
	}
	return text.String()
}

// monitor adds a monitor, or replaces the monitor with the same id.
func (w *testData) monitor(s statement) []failure {
	text := s.rest
	for _, l := range s.lines {
		text += "\n" + l.word + " " + l.rest
	}
	body, err := object(text)
	if err != nil {
		return broken(s.number, "%v", err)
	}
	id := "1"
	if n, ok := body["id"].(json.Number); ok {
		id = n.String()
	}
	m := replay.Monitor{Address: "monitor.m" + id, ID: id, Body: body}
	for w.tested = range w.monitors {
		if w.monitors[w.tested].ID == id {
			w.monitors[w.tested] = m
			return nil
		}
	}
	w.tested = len(w.monitors)
	w.monitors = append(w.monitors, m)
	return nil
}

// object parses a JSON object.
func object(text string) (map[string]any, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var body map[string]any
	if err := d.Decode(&body); err != nil {
		return nil, fmt.Errorf("%s: %w", text, err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("%s: text after the JSON object", text)
	}
	return body, nil
}

// patched returns a body changed by a JSON Merge Patch (RFC 7396).
func patched(body, patch map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range body {
		out[k] = v
	}
	for k, v := range patch {
		inner, nested := v.(map[string]any)
		switch old, _ := out[k].(map[string]any); {
		case v == nil:
			delete(out, k)
		case nested:
			out[k] = patched(old, inner)
		default:
			out[k] = v
		}
	}
	return out
}
