package lint

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDefaultMetrics: the built-in metadata is readable and complete.
func TestDefaultMetrics(t *testing.T) {
	f := DefaultMetrics()
	if n := len(f.variants); n < 100 {
		t.Errorf("only %d metrics are known", n)
	}
	for name, variants := range f.variants {
		for _, m := range variants {
			if m.Source == "" || m.Interval == 0 || m.Type == "" {
				t.Errorf("%s lacks its source, interval or type: %+v", name, m)
			}
			if m.WhenGone != GoneZero && m.WhenGone != GoneEnds {
				t.Errorf("%s: WhenGone is %q", name, m.WhenGone)
			}
			if m.Type != "gauge" && m.Type != "count" {
				t.Errorf("%s: type %q", name, m.Type)
			}
			if m.Total && m.Type != "gauge" {
				t.Errorf("%s is a running total of type %s", name, m.Type)
			}
		}
	}
}

func TestMetricsOf(t *testing.T) {
	f := DefaultMetrics()
	tests := []struct {
		metric string
		tags   []string // of any variant
		gone   WhenGone
		count  int
	}{
		{"rabbitmq.queue.consumers", []string{"queue", "rabbitmq_queue"}, GoneZero, 2},
		{"rabbitmq.queue.messages.publish.count", []string{"rabbitmq_queue"}, GoneZero, 1},
		{"rabbitmq.queue.messages.published.count", []string{"queue"}, GoneZero, 1},
		{"kubernetes_state.deployment.replicas_available", []string{"kube_deployment", "kube_namespace"}, GoneZero, 1},
		{"kubernetes.cpu.usage.total", []string{"kube_deployment", "pod_name"}, GoneEnds, 1},
		{"aws.ec2.cpuutilization", nil, GoneUnknown, 1},
		{"orders.created", nil, GoneUnknown, 0},
	}
	for _, test := range tests {
		known := f.Of(test.metric)
		if len(known) != test.count {
			t.Errorf("%s has %d variants", test.metric, len(known))
		}
		all := ""
		for _, m := range known {
			all += " " + strings.Join(m.Tags, " ") + " "
			if m.WhenGone != test.gone {
				t.Errorf("%s: WhenGone is %q", test.metric, m.WhenGone)
			}
		}
		for _, tag := range test.tags {
			if !strings.Contains(all, " "+tag+" ") {
				t.Errorf("%s has no %s among %s", test.metric, tag, all)
			}
		}
	}
}

// TestAdd: metadata of a stack replaces the built-in metadata, and two additions are two variants.
func TestAdd(t *testing.T) {
	f := DefaultMetrics()
	a := Metric{Name: "rabbitmq.queue.consumers", Type: "count", Tags: []string{"a"}}
	b := Metric{Name: "rabbitmq.queue.consumers", Type: "count", Tags: []string{"b"}}
	f.Add(a)
	f.Add(b)
	if d := cmp.Diff([]Metric{a, b}, f.Of("rabbitmq.queue.consumers")); d != "" {
		t.Error(d)
	}
	if len(DefaultMetrics().Of("rabbitmq.queue.consumers")[0].Tags) == 1 {
		t.Error("Add changed the built-in metadata")
	}
}

func TestReadMetricsErrors(t *testing.T) {
	for _, text := range []string{"a.b text", "colour red", "interval soon"} {
		if err := new(Metrics).read(text); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}
