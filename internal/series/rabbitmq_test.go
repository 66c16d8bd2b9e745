package series

import (
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const rabbitmq = "../../testdata/rabbitmq-real"

// runScript runs a script of the recording. It also reads the script, so that a change invalidates cached test results.
func runScript(t *testing.T, name string, args ...string) (string, error) {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed")
	}
	text, err := os.ReadFile(filepath.Join(rabbitmq, name))
	if err != nil {
		t.Fatal(err)
	}
	text, err = exec.Command(python, append([]string{"-c", string(text)}, args...)...).CombinedOutput()
	return string(text), err
}

// convert runs the script that writes testdata/rabbitmq-real on a short run in testdata, which edit can change first.
func convert(t *testing.T, edit func(folder string)) *Recording {
	t.Helper()
	raw, out := t.TempDir(), t.TempDir()
	if err := os.CopyFS(raw, os.DirFS("testdata/rabbitmq-raw")); err != nil {
		t.Fatal(err)
	}
	if edit != nil {
		edit(raw)
	}
	if text, err := runScript(t, "convert.py", raw, out); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return loadFolder(t, out)
}

// TestRecordHelp: the script that needs RabbitMQ can at least be read.
func TestRecordHelp(t *testing.T) {
	text, err := runScript(t, "record.py", "--help")
	if err != nil || !strings.Contains(text, "--outage SECONDS") {
		t.Errorf("%v: %s", err, text)
	}
}

// replaceIn replaces text in files of a folder, which must have it.
func replaceIn(t *testing.T, folder, pattern, from, to string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(text), from) {
			t.Fatalf("%s does not contain %q: %v", file, from, err)
		}
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(text), from, to)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// values returns the samples of a recording; a missing one is NaN.
func values(r *Recording, s *Series) []float64 {
	all := slices.Repeat([]float64{math.NaN()}, int((r.End-r.Start)/15_000))
	for at, v := range s.Points(r.Start, r.End) {
		all[(at-r.Start)/15_000] = v
	}
	return all
}

func TestConvert(t *testing.T) {
	none := math.NaN()
	for name, test := range map[string]struct {
		edit                   func(folder string)
		depth, published, asks []float64 // the depth by the plugin, published messages, and the depth by the API
	}{
		"a run": {
			depth:     []float64{0, 0, 0, 0, 3, 8, 11, 0, 0},
			published: []float64{none, 4, 3, 5, 3, 4, 5, 3, 3},
			asks:      []float64{0, 0, 0, 0, 3, 6, 11, 2, 0},
		},
		"the plugin does not answer": {
			edit: func(folder string) {
				replaceIn(t, folder, "samples/index.jsonl", `"number": 5,`, `"number": 5, "prom_error": "timed out",`)
			},
			depth:     []float64{0, 0, 0, 0, 3, none, 11, 0, 0},
			published: []float64{none, 4, 3, 5, 3, none, 9, 3, 3}, // what it did not report then is in the next sample
			asks:      []float64{0, 0, 0, 0, 3, 6, 11, 2, 0},
		},
		"the API does not answer": {
			edit: func(folder string) {
				replaceIn(t, folder, "samples/index.jsonl", `"number": 5,`, `"number": 5, "json_error": "timed out",`)
			},
			depth:     []float64{0, 0, 0, 0, 3, 8, 11, 0, 0},
			published: []float64{none, 4, 3, 5, 3, 4, 5, 3, 3},
			asks:      []float64{0, 0, 0, 0, 3, none, 11, 2, 0},
		},
		"the producer reconnects": { // its new channel counts from 0
			edit: func(folder string) {
				replaceIn(t, folder, "samples/000[678].prom", "<0.858.0>", "<0.999.0>")
			},
			depth:     []float64{0, 0, 0, 0, 3, 8, 11, 0, 0},
			published: []float64{none, 4, 3, 5, 3, 4, 29, 3, 3},
			asks:      []float64{0, 0, 0, 0, 3, 6, 11, 2, 0},
		},
		"the counter starts again": {
			edit: func(folder string) {
				replaceIn(t, folder, "samples/0008.prom", `exchange=""} 35`, `exchange=""} 2`)
			},
			depth:     []float64{0, 0, 0, 0, 3, 8, 11, 0, 0},
			published: []float64{none, 4, 3, 5, 3, 4, 5, 3, 2},
			asks:      []float64{0, 0, 0, 0, 3, 6, 11, 2, 0},
		},
		"log lines in the order of their processes": {
			edit: func(folder string) {
				replaceIn(t, folder, "broker.log", "13:16:15.009708", "13:16:15.999999")
			},
			depth:     []float64{0, 0, 0, 0, 3, 8, 11, 0, 0},
			published: []float64{none, 4, 3, 5, 3, 4, 5, 3, 3},
			asks:      []float64{0, 0, 0, 0, 3, 6, 11, 2, 0},
		},
		"another queue": {
			edit: func(folder string) {
				replaceIn(t, folder, "samples/0004.prom", `queue="shipping-task"`, `queue="emails"`)
			},
			depth:     []float64{0, 0, 0, 0, none, 8, 11, 0, 0},
			published: []float64{none, 4, 3, 5, none, 7, 5, 3, 3},
			asks:      []float64{0, 0, 0, 0, 3, 6, 11, 2, 0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := convert(t, test.edit)
			for _, want := range []struct {
				metric, tag string
				values      []float64
			}{
				{"rabbitmq.queue.messages", "queue:shipping-task", test.depth},
				{"rabbitmq.queue.messages.published.count", "queue_vhost:/", test.published},
				{"rabbitmq.queue.messages", "rabbitmq_queue:shipping-task", test.asks},
				{"rabbitmq.queue.consumers", "rabbitmq_vhost:/", nil},
			} {
				got := values(r, one(t, r, want.metric, want.tag))
				if want.values != nil && !slices.EqualFunc(got, want.values, same) {
					t.Errorf("%s{%s} is %v, want %v", want.metric, want.tag, got, want.values)
				}
			}
			if len(r.Logs) != 70 || len(r.Phases) != 3 {
				t.Errorf("%d logs and %d phases", len(r.Logs), len(r.Phases))
			}
		})
	}
}
