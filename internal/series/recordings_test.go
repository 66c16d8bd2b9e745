package series

import (
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	incident   = "../../testdata/incident-5"
	healthyDay = "../../testdata/healthy-day"
)

func loadFolder(t testing.TB, path string) *Recording {
	t.Helper()
	r, diags := Load(path)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return r
}

func utc(t *testing.T, text string) int64 {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at.UnixMilli()
}

// one returns the series of a metric that has the tag.
func one(t *testing.T, r *Recording, metric, tag string) *Series {
	t.Helper()
	var found *Series
	for _, s := range r.Metric(metric) {
		for _, has := range s.Tags {
			if has == tag {
				found = s
			}
		}
	}
	if found == nil {
		t.Fatalf("%s has no series with %s", metric, tag)
	}
	return found
}

// TestIncidentPhases checks the timeline in the first section of the postmortem.
func TestIncidentPhases(t *testing.T) {
	r := loadFolder(t, incident)
	for name, at := range map[string]string{
		"incident_start": "2025-11-09T14:17:17Z",
		"fully_active":   "2025-11-09T14:24:11Z",
		"recovery_start": "2025-11-09T14:27:33Z",
		"incident_end":   "2025-11-09T14:27:39Z",
	} {
		if phase, ok := r.Phase(name); !ok || phase.At != utc(t, at) {
			t.Errorf("%s is at %d, want %s", name, phase.At, at)
		}
	}
}

// TestIncidentValues checks the values in the metrics section of the postmortem: the last sample at each time.
func TestIncidentValues(t *testing.T) {
	r := loadFolder(t, incident)
	const queue, deployment = "queue:shipping-task", "kube_deployment:queue-master"
	for _, test := range []struct {
		metric, tag, at string
		want            float64
	}{
		{"kubernetes_state.deployment.replicas_available", deployment, "14:17:16", 1},
		{"kubernetes_state.deployment.replicas_available", deployment, "14:17:17", 0}, // the exact same timestamp
		{"kubernetes_state.deployment.replicas_available", deployment, "14:27:38", 0},
		{"kubernetes_state.deployment.replicas_available", deployment, "14:27:47", 1},
		{"kubernetes_state.deployment.replicas_available", "kube_deployment:shipping", "14:24:11", 1},
		{"rabbitmq.queue.consumers", queue, "14:17:16", 1},
		{"rabbitmq.queue.consumers", queue, "14:17:17", 0},
		{"rabbitmq.queue.consumers", queue, "14:27:38", 0},
		{"rabbitmq.queue.consumers", queue, "14:27:47", 1},
		{"rabbitmq.queue.messages", queue, "14:17:17", 0},
		{"rabbitmq.queue.messages", queue, "14:24:17", 25},
		{"rabbitmq.queue.messages", queue, "14:27:38", 37},
		{"rabbitmq.queue.messages", queue, "14:28:32", 0},
		{"rabbitmq.queue.messages_ready", "rabbitmq_queue:shipping-task", "14:24:17", 25},
		{"rabbitmq.queue.messages_unacknowledged", "rabbitmq_queue:shipping-task", "14:24:17", 0},
		{"rabbitmq.queue.messages_ready", "rabbitmq_queue:shipping-task", "14:28:32", 0},
		{"rabbitmq.queue.messages_unacknowledged", "rabbitmq_queue:shipping-task", "14:28:32", 1},
	} {
		_, got, ok := one(t, r, test.metric, test.tag).Before(utc(t, "2025-11-09T"+test.at+"Z") + 1)
		if !ok || got != test.want {
			t.Errorf("%s at %s is %v, want %v", test.metric, test.at, got, test.want)
		}
	}
	for _, s := range r.Metric("rabbitmq.queue.messages.publish.count") {
		for _, tag := range s.Tags {
			if tag == queue {
				t.Error("publish.count is the management check's and has no tag queue")
			}
		}
	}
}

// TestIncidentGrowth: the backlog grows linearly from the start and stays below 50, the threshold of rule 2.
func TestIncidentGrowth(t *testing.T) {
	r := loadFolder(t, incident)
	start, end := utc(t, "2025-11-09T14:17:17Z"), utc(t, "2025-11-09T14:27:39Z")
	for at, v := range one(t, r, "rabbitmq.queue.messages", "queue:shipping-task").Points(r.Start, r.End) {
		line := float64(at-start) / 1000 * 25 / 414
		switch {
		case at >= start && at < end && (v < line-1.1 || v > line+1.1):
			t.Errorf("%d ms after the start: %v messages, want about %.1f", at-start, v, line)
		case v >= 50:
			t.Errorf("%v messages, want fewer than 50", v)
		case (at < start || at > end+60_000) && v > 1:
			t.Errorf("%v messages at %d, outside of the incident", v, at)
		}
	}
}

// TestIncidentPublishing: publishing is steady, so the number of messages is about the same in every 5 minutes.
func TestIncidentPublishing(t *testing.T) {
	r := loadFolder(t, incident)
	published := one(t, r, "rabbitmq.queue.messages.published.count", "queue:shipping-task")
	const window = 5 * 60_000
	for from := r.Start; from+window <= r.End; from += window {
		sum := 0.0
		for _, v := range published.Points(from, from+window) {
			sum += v
		}
		if sum < 17 || sum > 19 {
			t.Errorf("%v published in the 5 minutes from %d", sum, from)
		}
	}
}

// TestIncidentCPU: the series ends with its pod, and the next pod has another series.
func TestIncidentCPU(t *testing.T) {
	r := loadFolder(t, incident)
	start, end := utc(t, "2025-11-09T14:17:17Z"), utc(t, "2025-11-09T14:27:39Z")
	cpu := r.Metric("kubernetes.cpu.usage.total")
	if len(cpu) != 2 {
		t.Fatalf("%d series, want one of each pod", len(cpu))
	}
	for _, s := range cpu {
		for at, v := range s.Points(r.Start, r.End) {
			if at >= start && at < end || v < 10e6 || v > 50e6 {
				t.Errorf("%v nanocores at %d", v, at)
			}
		}
	}
}

// TestIncidentLogs: the consumer stops logging, the other services log throughout, and there are no errors.
func TestIncidentLogs(t *testing.T) {
	r := loadFolder(t, incident)
	start, end := utc(t, "2025-11-09T14:17:17Z"), utc(t, "2025-11-09T14:27:39Z")
	if len(r.Logs) != 1023 {
		t.Errorf("%d logs, the postmortem has 1023", len(r.Logs))
	}
	patterns := map[string]int{
		"Started QueueMasterApplication": 0, "Received shipment task": 0, "Processing shipment for order": 0, "Stopping container queue-master": 0,
		"Started ShippingServiceApplication": 0, "RabbitMQ connection established": 0, "Publishing shipping task to queue": 0, "created successfully": 0,
		"Scaled down replica set queue-master-7c58cb7bcf from 1 to 0": 0, "Deleted pod: queue-master-7c58cb7bcf-mcdd5": 0,
		"Scaled up replica set queue-master-7c58cb7bcf from 0 to 1": 0, "Created container queue-master": 0, "Started container queue-master": 0,
	}
	for _, log := range r.Logs {
		for pattern := range patterns {
			if strings.Contains(log.Message, pattern) {
				patterns[pattern]++
			}
		}
		pod, _ := log.Attributes["pod_name"].(string)
		switch {
		case log.Status != "info":
			t.Errorf("%s:%d has status %s", log.File, log.Line, log.Status)
		case log.Service == "queue-master" != strings.HasPrefix(pod, "queue-master-7c58cb7bcf-"):
			t.Errorf("%s:%d: service %s, pod %s", log.File, log.Line, log.Service, pod)
		case log.Service == "queue-master" && log.At > start && log.At < end:
			t.Errorf("%s:%d: queue-master logs during the incident", log.File, log.Line)
		case log.Service == "queue-master" && log.At == start && log.Message != "Stopping container queue-master":
			t.Errorf("%s:%d: the last line is %q", log.File, log.Line, log.Message)
		}
	}
	for pattern, n := range patterns {
		if n == 0 {
			t.Errorf("no log contains %q", pattern)
		}
	}
	const minute = 60_000
	for from := r.Start + minute; from+minute <= r.End; from += minute {
		services := map[string]bool{}
		for _, log := range r.LogsIn(from, from+minute) {
			services[log.Service] = true
		}
		if !services["shipping"] || !services["orders"] {
			t.Errorf("only %v log in the minute from %d", services, from)
		}
		if before, after := from+minute <= start, from >= end; (before || after) && !services["queue-master"] {
			t.Errorf("queue-master does not log in the minute from %d", from)
		}
	}
}

// TestIncidentEvents checks the table of key events from kubectl.
func TestIncidentEvents(t *testing.T) {
	r := loadFolder(t, incident)
	want := []string{
		"19:47:17 ScalingReplicaSet Scaled down replica set queue-master from 1 to 0",
		"19:47:17 Killing Stopping container queue-master",
		"19:47:17 SuccessfulDelete Deleted pod: queue-master-7c58cb7bcf-mcdd5",
		"19:57:33 ScalingReplicaSet Scaled up replica set queue-master from 0 to 1",
		"19:57:39 Created Created container queue-master",
		"19:57:39 Started Started container queue-master",
	}
	events := slices.DeleteFunc(slices.Clone(r.Events), func(e Event) bool { return slices.Contains(e.Tags, "kube_name:session-cleanup") }) // chosen
	if len(events) != len(want) {
		t.Fatalf("%d events, want %d", len(events), len(want))
	}
	for i, e := range events {
		if got := time.UnixMilli(e.At).In(r.Location).Format(time.TimeOnly) + " " + e.Title + " " + e.Text; got != want[i] || e.Source != "kubernetes" {
			t.Errorf("event %d is %q from %s, want %q", i, got, e.Source, want[i])
		}
	}
}

// TestHealthyDay: nothing on this day reaches the thresholds of the rules.
func TestHealthyDay(t *testing.T) {
	r := loadFolder(t, healthyDay)
	if got := r.End - r.Start; got != (24 * time.Hour).Milliseconds() {
		t.Errorf("the day lasts %d ms", got)
	}
	const queue = "queue:shipping-task"
	depth, consumers := one(t, r, "rabbitmq.queue.messages", queue), one(t, r, "rabbitmq.queue.consumers", queue)
	replicas := one(t, r, "kubernetes_state.deployment.replicas_available", "kube_deployment:queue-master")
	longest := func(s *Series, bad func(float64) bool) (times int, longest int64) {
		since := int64(-1)
		for at, v := range s.Points(r.Start, r.End) {
			switch {
			case bad(v) && since < 0:
				since, times = at, times+1
			case !bad(v) && since >= 0:
				longest, since = max(longest, at-since), -1
			}
		}
		return times, longest
	}
	none := func(v float64) bool { return v == 0 }
	for _, test := range []struct {
		name  string
		s     *Series
		bad   func(float64) bool
		times int
		most  int64
	}{
		{"a backlog over 10", depth, func(v float64) bool { return v > 10 }, 2, 45_000},
		{"over rule 2's limit", depth, func(v float64) bool { return v > 50 }, 1, 15_000},
		{"no consumer", consumers, none, 3, 45_000},
		{"no replica", replicas, none, 1, 45_000},
	} {
		if times, most := longest(test.s, test.bad); times != test.times || most != test.most {
			t.Errorf("%s: %d times, at most %d ms; want %d and %d", test.name, times, most, test.times, test.most)
		}
	}
	restart, _ := r.Phase("rabbitmq_restart")
	for range depth.Points(restart.At, restart.At+60_000) {
		t.Error("a sample while RabbitMQ restarts")
	}
}
