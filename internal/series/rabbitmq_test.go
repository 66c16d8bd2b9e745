package series

import (
	"encoding/json"
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

// TestRabbitMQ checks what must hold in a run of a broker, whatever its timing: what the two sources and the logs say of
// the same time agrees.
func TestRabbitMQ(t *testing.T) {
	r := loadFolder(t, rabbitmq)
	plugin := func(metric string) []float64 { return values(r, one(t, r, metric, "queue:shipping-task")) }
	depth, ready, unacked := plugin("rabbitmq.queue.messages"), plugin("rabbitmq.queue.messages.ready"), plugin("rabbitmq.queue.messages.unacked")
	for i := range depth {
		if depth[i] != ready[i]+unacked[i] {
			t.Errorf("sample %d: %v messages, %v ready, %v not acknowledged", i, depth[i], ready[i], unacked[i])
		}
	}
	start, _ := r.Phase("incident_start")
	end, _ := r.Phase("incident_end")
	for i, consumers := range plugin("rabbitmq.queue.consumers") {
		at := r.Start + int64(i)*15_000
		if down := at >= start.At+5_000 && at < end.At; down && consumers != 0 || (at < start.At || at > end.At+5_000) && consumers != 1 {
			t.Errorf("sample %d: %v consumers", i, consumers)
		}
	}

	lines := map[string]int{}
	for _, log := range r.Logs {
		lines[log.Service]++
		if log.Service == "queue-master" && log.At > start.At+1_000 && log.At < end.At {
			t.Errorf("the consumer logs during the outage: %s", log.Message)
		}
	}
	published := 0.0
	for _, v := range plugin("rabbitmq.queue.messages.published.count")[1:] {
		published += v
	}
	// The samples end 15 s before the logs.
	if n := float64(lines["shipping"]); math.Abs(published-n) > 10 {
		t.Errorf("%v messages are published, and the producer logs %v", published, n)
	}
	if lines["queue-master"] < lines["shipping"]-1 {
		t.Errorf("%d lines of the consumer, %d of the producer", lines["queue-master"], lines["shipping"])
	}
}

// TestRabbitMQAnswers compares the answers of the management API with the series at that time.
func TestRabbitMQAnswers(t *testing.T) {
	r := loadFolder(t, rabbitmq)
	text, err := os.ReadFile(filepath.Join(rabbitmq, "http/api-queues-shipping-task.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if want := int((r.End - r.Start + 59_999) / 60_000); len(lines) != want {
		t.Errorf("%d answers, want %d: one a minute", len(lines), want)
	}
	for _, line := range lines {
		var answer struct {
			Timestamp, URL string
			Status         int
			Body           struct {
				Name, Vhost         string
				Consumers, Messages float64
				Ready               float64 `json:"messages_ready"`
				Unacknowledged      float64 `json:"messages_unacknowledged"`
				Stats               struct {
					Publish float64
				} `json:"message_stats"`
			}
		}
		if err := json.Unmarshal([]byte(line), &answer); err != nil {
			t.Fatal(err)
		}
		b := answer.Body
		if answer.Status != 200 || answer.URL != "/api/queues/%2F/shipping-task" || b.Name != "shipping-task" || b.Vhost != "/" {
			t.Errorf("unexpected answer %+v", answer)
		}
		i := (utc(t, answer.Timestamp) - r.Start) / 15_000
		for metric, want := range map[string]float64{
			"rabbitmq.queue.consumers":               b.Consumers,
			"rabbitmq.queue.messages":                b.Messages,
			"rabbitmq.queue.messages_ready":          b.Ready,
			"rabbitmq.queue.messages_unacknowledged": b.Unacknowledged,
			"rabbitmq.queue.messages.publish.count":  b.Stats.Publish,
		} {
			if got := values(r, one(t, r, metric, "rabbitmq_queue:shipping-task"))[i]; got != want {
				t.Errorf("%s is %v at %s, the answer says %v", metric, got, answer.Timestamp, want)
			}
		}
	}
}
