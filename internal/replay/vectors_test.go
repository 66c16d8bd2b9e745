package replay_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
)

// The vectors in testdata/vectors define the behavior of monitors over given data. README.md there documents the
// format. This file parses and runs them; vectors_data_test.go builds what they load, vectors_evaluate_test.go,
// vectors_history_test.go and vectors_points_test.go compare. Of the engine they use only Run and, for queries without
// a monitor, evaluate.Points.

// statement is a statement of a vector file: a line that starts with word, and the indented lines below it.
type statement struct {
	file       string
	number     int
	word, rest string
	lines      []line
}

// line is an indented line without its indentation.
type line struct {
	number     int
	word, rest string
}

// failure is an expectation that is not met, or an invalid statement.
type failure struct {
	number        int
	expected, got string
}

func (f failure) String() string {
	if f.expected == "" {
		return f.got
	}
	return "\nexpected: " + f.expected + "\n     got: " + f.got
}

func broken(number int, format string, args ...any) []failure {
	return []failure{{number: number, got: fmt.Sprintf(format, args...)}}
}

// statements splits a file.
func statements(file, text string) ([]statement, error) {
	var all []statement
	number := 0
	for raw := range strings.SplitSeq(text, "\n") {
		number++
		trimmed := strings.TrimSpace(raw)
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		word, rest, _ := strings.Cut(trimmed, " ")
		rest = strings.TrimSpace(rest)
		switch {
		case raw[0] != ' ' && raw[0] != '\t':
			all = append(all, statement{file: file, number: number, word: word, rest: rest})
		case len(all) == 0:
			return nil, fmt.Errorf("%s:%d: an indented line without a statement above it", file, number)
		default:
			last := &all[len(all)-1]
			last.lines = append(last.lines, line{number, word, rest})
		}
	}
	return all, nil
}

// run executes a statement and returns its failures.
func (w *testData) run(t testing.TB, s statement) []failure {
	switch s.word {
	case "load":
		return w.load(t, s)
	case "monitor":
		return w.monitor(s)
	case "evaluate":
		return w.evaluate(s)
	case "query":
		return w.query(s)
	case "search":
		return w.search(s)
	}
	return broken(s.number, "%q is not a statement: use load, monitor, evaluate, query or search", s.word)
}

func TestVectors(t *testing.T) {
	files, err := filepath.Glob("testdata/vectors/*.test")
	if err != nil || len(files) == 0 {
		t.Fatal("no vectors", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".test"), func(t *testing.T) {
			all, err := statements(file, string(ddtest.Read(t, file)))
			if err != nil {
				t.Fatal(err)
			}
			w := &testData{folder: filepath.Dir(file)}
			for _, s := range all {
				for _, f := range w.run(t, s) {
					t.Errorf("%s:%d: %s", file, f.number, f)
				}
			}
		})
	}
}

// TestVectorsCanFail: an expectation that is not met is reported with its line and the expected and actual result. An
// invalid statement is reported too.
func TestVectorsCanFail(t *testing.T) {
	const data = `
load 1h
  gauge m{host:a}  0x40 9x80 0x120
  log from +30s {"message": "boom"}
monitor {"type": "query alert", "query": "min(last_1m):avg:m{*} by {host} > 8", "name": "n", "message": "m @x"}
`
	for statement, want := range map[string]string{
		"evaluate\n  {host:a} OK, 00:11:00 Alert":                          "7: \nexpected: {host:a} OK, 00:11:00 Alert\n     got: {host:a} OK, 00:11:00 Alert, 00:31:00 OK",
		"evaluate\n  {host:a} OK, 00:11:00..00:12:00 Alert, 00:31:00 OK":   "7: \nexpected: {host:a} OK, 00:11:00..00:12:00 Alert, 00:31:00 OK\n     got: {host:a} OK, 00:10:46..00:11:45 Alert, 00:30:01..00:31:00 OK",
		"evaluate\n  {host:a} OK, 00:11:00 Alert (8), 00:31:00 OK":         "7: \nexpected: {host:a} OK, 00:11:00 Alert (8), 00:31:00 OK\n     got: {host:a} OK, 00:11:00 Alert (9), 00:31:00 OK",
		"evaluate\n  {host:a} OK, 00:11:00 Alert, 00:31:00 OK\n  {b:1} OK": "8: \nexpected: {b:1} OK\n     got: no such group",
		"evaluate\n  no groups":                                            "7: \nexpected: no groups\n     got: {host:a} OK, 00:11:00 Alert, 00:31:00 OK",
		"evaluate\n  notifies no one":                                      "7: \nexpected: notifies no one\n     got: 00:11:00 {host:a} alert @x; 00:31:00 {host:a} recovery @x",
		"evaluate\n  notify 00:11:00 {host:a} alert @y":                    "7: \nexpected: notify 00:11:00 {host:a} alert @y\n     got: notify 00:11:00 {host:a} alert @x7: \nexpected: no other notification\n     got: 00:31:00 {host:a} recovery @x",
		"evaluate\n  fails zebra":                                          "7: \nexpected: fails zebra\n     got: evaluated true, ",
		"evaluate\n  at 00:11:00 {host:a} 8 Alert":                         "7: \nexpected: at 00:11:00 {host:a} 8 Alert\n     got: at 00:11:00 {host:a} 9 Alert",
		"evaluate\n  at 00:11:00 {host:a} 9 OK":                            "7: \nexpected: at 00:11:00 {host:a} 9 OK\n     got: at 00:11:00 {host:a} 9 Alert",
		"evaluate\n  at 00:11:01 {host:a} 9":                               "7: at 00:11:01 {host:a} 9: there is no evaluation at 00:11:01",
		"evaluate\n  each {host:a} OK, Alert":                              "7: \nexpected: each {host:a} OK, Alert\n     got: each {host:a} OK, OK7: {host:a} has 60 evaluations, each is of 2",
		"evaluate\n  first 00:01:00 every 2m":                              "7: \nexpected: first 00:01:00 every 2m\n     got: first 00:01:00 every 1m",
		"evaluate\n  message 00:11:00 m":                                   "7: \nexpected: message 00:11:00 m\n     got: message 00:11:00 m @x",
		"evaluate\n  surely OK":                                            `7: surely OK: "surely" is not an expectation`,
		"evaluate\n  with {\"query\": \"x\"}":                              "6: evaluate without an expectation",
		"evaluate\n  with {\"query\": \"x\"}\n  no groups":                 "8: \nexpected: no groups\n     got: not evaluated: invalid query: ",
		"query avg:m{*}\n  over 00:00:00..00:01:00\n  {*} 0x3 1":           "8: \nexpected: {*} 0x3 1\n     got: {*} 0 0 0 0",
		"query avg:m{\n  fails zebra":                                      "7: \nexpected: fails zebra\n     got: ",
		"search logs\n  finds bang":                                        "7: \nexpected: finds bang\n     got: misses",
		"search logs\n  misses boom":                                       "7: \nexpected: misses boom\n     got: finds",
		"load 1h\n  bar m 1":                                               `7: invalid data "bar": use gauge, count, rate, service_check, log or event`,
		"monitor {":                                                        "6: {: unexpected EOF",
		"eval\n  {*} OK":                                                   `6: "eval" is not a statement: use load, monitor, evaluate, query or search`,
	} {
		all, err := statements("f", data+statement)
		if err != nil {
			t.Fatal(err)
		}
		w := &testData{}
		got := ""
		for _, s := range all {
			for _, f := range w.run(t, s) {
				got += fmt.Sprintf("%d: %s", f.number, f)
			}
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s\ngives %s\n want %s", statement, got, want)
		}
	}
}
