package replay_test

import (
	"slices"
	"testing"
	"time"

	"ddmon/internal/ddtest/shop"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// replayed runs the stack over a recording and returns the results by address.
func replayed(t testing.TB, rec *series.Recording) map[string]replay.MonitorResult {
	t.Helper()
	r, err := replay.Run(shop.Monitors(t), rec, replay.Options{})
	if err != nil {
		t.Fatal(err)
	}
	results := map[string]replay.MonitorResult{}
	for _, m := range r.Monitors {
		if !m.Evaluated {
			t.Errorf("%s: %s", m.Address, m.Reason)
		}
		results[m.Address] = m
	}
	return results
}

// TestIncident: rules 1 and 3 detect the incident and recover at its end, at any phase. Rule 2 does not alert, because
// the queue never exceeds 50.
func TestIncident(t *testing.T) {
	rec := shop.Recording(t, "incident-5")
	results := replayed(t, rec)
	moment := func(name string) time.Time {
		p, ok := rec.Phase(name)
		if !ok {
			t.Fatal("no phase " + name)
		}
		return time.UnixMilli(p.At)
	}
	start, end := moment("incident_start"), moment("incident_end")
	for _, address := range []string{"monitor.consumer_failure", "monitor.no_replicas"} {
		m := results[address]
		if len(m.Groups) != 1 || len(m.Groups[0].Transitions) != 2 || len(m.Groups[0].Elsewhere) != 0 {
			t.Fatalf("%s: %+v", address, m.Groups)
		}
		alert, ok := m.Groups[0].Transitions[0], m.Groups[0].Transitions[1]
		if alert.To != replay.Alert || alert.Share != 1 || alert.Earliest.Before(start) || alert.Latest.After(end) {
			t.Errorf("%s: %+v", address, alert)
		}
		if ok.To != replay.OK || ok.Share != 1 || ok.Earliest.Before(end) || ok.Latest.After(end.Add(5*time.Minute)) {
			t.Errorf("%s: %+v", address, ok)
		}
		if len(m.Notifications) != 2 || m.Notifications[0].Kind != replay.KindAlert || !slices.Contains(m.Notifications[0].Handles, "@pagerduty-orders") {
			t.Errorf("%s notifies %+v", address, m.Notifications)
		}
	}
	if g := results["monitor.queue_depth"].Groups[0]; len(g.Transitions)+len(g.Elsewhere) != 0 {
		t.Errorf("queue_depth: %+v", g)
	}
}

// TestHealthyDay: no one is paged at any phase. Only members of composites, which notify no one, can alert.
func TestHealthyDay(t *testing.T) {
	members := []string{"monitor.no_consumer", "monitor.backlog", "monitor.waiting"}
	for address, m := range replayed(t, shop.Recording(t, "healthy-day")) {
		for _, n := range m.Notifications {
			if len(n.Handles) > 0 {
				t.Errorf("%s at %s notifies %v: %s", address, n.At, n.Handles, n.Title)
			}
		}
		for _, g := range m.Groups {
			for _, x := range slices.Concat(g.Transitions, g.Elsewhere) {
				if x.To != replay.OK && !slices.Contains(members, address) {
					t.Errorf("%s: %+v", address, x)
				}
			}
		}
	}
}

// TestIntervals: if all monitors are evaluated at the same phase, the transitions are within the intervals.
func TestIntervals(t *testing.T) {
	rec := shop.Recording(t, "incident-5")
	all, monitors := replayed(t, rec), shop.Monitors(t)
	for phase := range 60 {
		r, err := replay.Run(monitors, rec, replay.Options{Phase: phase, OnePhase: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range r.Monitors {
			for i, x := range m.Groups[0].Transitions {
				known := all[m.Address].Groups[0].Transitions[i]
				if x.To != known.To || x.At.Before(known.Earliest) || x.At.After(known.Latest) || x.Share != 1 {
					t.Errorf("%s at phase %d: %+v is not within %+v", m.Address, phase, x, known)
				}
			}
		}
	}
}

func BenchmarkIncident(b *testing.B) {
	monitors, rec := shop.Monitors(b), shop.Recording(b, "incident-5")
	for b.Loop() {
		if _, err := replay.Run(monitors, rec, replay.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHealthyDay(b *testing.B) {
	monitors, rec := shop.Monitors(b), shop.Recording(b, "healthy-day")
	for b.Loop() {
		if _, err := replay.Run(monitors, rec, replay.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
