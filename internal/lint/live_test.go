package lint

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// fakeLive simulates a Datadog with one metric, one handle and one monitor.
type fakeLive struct {
	requests atomic.Int64
	err      error
}

func (f *fakeLive) MetricTags(_ context.Context, metric string) ([]string, bool, error) {
	f.requests.Add(1)
	return []string{"queue:a", "host:b"}, metric == "known.metric", f.err
}

func (f *fakeLive) Handles(context.Context) ([]string, error) {
	f.requests.Add(1)
	return []string{"@slack-orders"}, f.err
}

func (f *fakeLive) Exists(_ context.Context, _, id string) (bool, error) {
	f.requests.Add(1)
	return id == "1", f.err
}

func liveObject(name, kind string, body map[string]any) *object.Object {
	return &object.Object{Address: object.Address{Kind: kind, Name: name}, Body: body}
}

func TestLive(t *testing.T) {
	objects := []*object.Object{
		liveObject("good", "monitor", map[string]any{
			"name": "good", "type": "query alert", "query": "avg(last_5m):avg:known.metric{queue:a} by {host} > 1", "message": "@slack-orders @a@example.com @here",
		}),
		liveObject("bad", "monitor", map[string]any{
			"name": "bad", "type": "query alert", "query": "avg(last_5m):avg:known.metric{rabbitmq_queue:a} + avg:other.metric{*} > 1",
			"message": "@slack-odrers @slack-{{host.name}} @slack-odrers",
		}),
		liveObject("both", "monitor", map[string]any{"name": "both", "type": "composite", "query": "1 && 2 && 2", "message": ""}),
		liveObject("board", "dashboard", map[string]any{"title": "b", "layout_type": "ordered", "widgets": []any{
			map[string]any{"definition": map[string]any{"type": "alert_graph", "alert_id": "2", "viz_type": "timeseries"}},
			map[string]any{"definition": map[string]any{"type": "alert_graph", "alert_id": "1", "viz_type": "timeseries"}},
		}}),
	}
	live := &fakeLive{}
	diags, err := CheckLive(t.Context(), Input{Objects: objects}, live)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range diags {
		got = append(got, diag.Code(d)+" "+d.Extra.(diag.Extra).Address)
	}
	slices.Sort(got)
	want := []string{
		"handle_missing monitor.bad", "handle_missing monitor.bad", "id_missing dashboard.board", "id_missing monitor.both",
		"id_missing monitor.both", "metric_missing monitor.bad", "tag_missing monitor.bad",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if n := live.requests.Load(); n != 5 {
		t.Errorf("%d requests, want one for each of two metrics, two ids, and the handles", n)
	}
}

func TestLiveError(t *testing.T) {
	failure := errors.New("connection refused")
	a := liveObject("a", "monitor", map[string]any{"name": "a", "type": "query alert", "query": "avg(last_5m):avg:m{*} > 1", "message": ""})
	if _, err := CheckLive(t.Context(), Input{Objects: []*object.Object{a}}, &fakeLive{err: failure}); !errors.Is(err, failure) {
		t.Errorf("%v", err)
	}
}
