package replay_test

import (
	"path/filepath"
	"testing"

	"ddmon/internal/config"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// stack loads the monitors of the sock shop.
func stack(t testing.TB) []replay.Monitor {
	t.Helper()
	s, diags := config.Load(config.Options{Dir: "../../monitors"})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var monitors []replay.Monitor
	for _, o := range s.Objects {
		if o.Address.Kind == "monitor" {
			monitors = append(monitors, replay.Monitor{Address: o.Address.String(), Body: o.Body})
		}
	}
	return monitors
}

func recording(t testing.TB, name string) *series.Recording {
	t.Helper()
	rec, diags := series.Load(filepath.Join("../../testdata", name))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return rec
}

func TestDump(t *testing.T) {
	for _, name := range []string{"incident-5", "healthy-day"} {
		r, err := replay.Run(stack(t), recording(t, name), replay.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range r.Monitors {
			t.Log(name, m.Address, m.Evaluated, m.Reason)
			for _, g := range m.Groups {
				t.Log("  ", g.Group, g.Start, g.Initial)
				for _, x := range g.Transitions {
					t.Log("    ", x.From, x.To, x.At.Format("15:04:05"), x.Earliest.Format("15:04:05"), x.Latest.Format("15:04:05"), x.Share, x.Value)
				}
				for _, x := range g.Elsewhere {
					t.Log("    else ", x.From, x.To, x.At.Format("15:04:05"), x.Earliest.Format("15:04:05"), x.Latest.Format("15:04:05"), x.Share, x.Value)
				}
			}
			for _, n := range m.Notifications {
				t.Log("  @", n.At.Format("15:04:05"), n.Kind, n.Title, n.Handles, len(n.Message))
			}
		}
	}
}
func BenchmarkIncident(b *testing.B) {
	monitors, rec := stack(b), recording(b, "incident-5")
	for b.Loop() {
		replay.Run(monitors, rec, replay.Options{})
	}
}
func BenchmarkHealthyDay(b *testing.B) {
	monitors, rec := stack(b), recording(b, "healthy-day")
	for b.Loop() {
		replay.Run(monitors, rec, replay.Options{})
	}
}
