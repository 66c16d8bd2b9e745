package kind

import (
	"slices"
	"testing"
)

func TestAll(t *testing.T) {
	all := All()
	if len(all) != len(Names()) {
		t.Fatalf("%d kinds, %d names", len(all), len(Names()))
	}
	for i, k := range all {
		if k.Name != Names()[i] || Named(k.Name) != k || k.Plural != Folders()[i] {
			t.Errorf("kind %d is %s; Names, Named or Folders differ", i, k.Name)
		}
		if k.Body.Shape != Object || k.Body.Fields[k.Title] == nil || k.Marker == nil || k.Implied == nil || k.References == nil {
			t.Errorf("%s is not whole: %+v", k.Name, k)
		}
		if r := k.Remote; k.Plural == "" || r.Path == "" || r.ReadPermission == "" || r.WritePermission == "" ||
			!r.ID.Number && r.ID.Pattern == nil || r.List.Paging.Most == 0 {
			t.Errorf("%s cannot be asked for: %+v", k.Name, r)
		}
	}
	if Named("hologram") != nil {
		t.Error("a kind that does not exist was found")
	}
	if k := Named("monitor"); k.Widget("note") != nil || len(k.WidgetTypes()) > 0 {
		t.Error("a monitor has widgets")
	}
	if Named("dashboard").Widget("hologram") != nil {
		t.Error("a widget of no known type was found")
	}
}

func BenchmarkLoadMonitor(b *testing.B) {
	for b.Loop() {
		newMonitor()
	}
}

func BenchmarkLoadDashboard(b *testing.B) {
	for b.Loop() {
		newDashboard()
	}
}

func BenchmarkTablesVersion(b *testing.B) {
	for b.Loop() {
		TablesVersion()
	}
}

func TestFolders(t *testing.T) {
	if got := Folders(); !slices.Equal(got, []string{"monitors", "dashboards", "slos", "downtimes"}) {
		t.Error(got)
	}
	if got := Names(); !slices.Equal(got, []string{"monitor", "dashboard", "slo", "downtime"}) {
		t.Errorf("the names are %v afterwards", got)
	}
}

// TestNumericIDs: kinds whose ids are numbers say so in both places.
func TestNumericIDs(t *testing.T) {
	for _, k := range All() {
		if k.Remote.ID.Number != (k.Remote.ID.Pattern == nil) || k.Remote.ID.Number != (k.Name == "monitor") {
			t.Errorf("%s: Number is %v", k.Name, k.Remote.ID.Number)
		}
	}
}
