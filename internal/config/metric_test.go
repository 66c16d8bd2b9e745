package config

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/hcl/v2"
)

func TestMetrics(t *testing.T) {
	s := mustLoad(t, `
variable "seconds" { default = 15 }
locals { keys = ["queue", "vhost"] }
metric "rabbitmq.queue.messages" {
  type      = "GAUGE"
  unit      = "message"
  interval  = "${var.seconds}s"
  tags      = local.keys
  when_gone = "zero"
}
metric "cpu" {
  type     = "rate"
  interval = "1m30s"
  unit     = null
  tags     = []
}
`)
	want := []Metric{
		{Name: "cpu", Type: "rate", Interval: 90 * time.Second, Tags: []string{}},
		{Name: "rabbitmq.queue.messages", Type: "gauge", Unit: "message", Interval: 15 * time.Second, Tags: []string{"queue", "vhost"}, WhenGone: "zero"},
	}
	if diff := cmp.Diff(want, s.Metrics, cmpopts.IgnoreTypes(hcl.Range{})); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if r := s.Metrics[0].Range; r.Start.Line != 11 || s.Files[r.Filename] == nil {
		t.Errorf("cpu is at %s", r)
	}
}
