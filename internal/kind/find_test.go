package kind

import (
	"slices"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	timeseries := Named("dashboard").Widget("timeseries")
	for _, c := range []struct {
		t             *Type
		path, unknown string
		shape         Shape
	}{
		{Named("monitor").Body, "name", "", String},
		{Named("monitor").Body, "options", "", Object},
		{Named("monitor").Body, "options thresholds critical", "", Number},
		{Named("monitor").Body, "options scheduling_options custom_schedule recurrences rrule", "", String},
		{Named("monitor").Body, "options variables search query", "", String},
		{Named("dashboard").Body, "widgets id", "", Integer},
		{timeseries, "requests queries", "", List},
		{timeseries, "requests queries data_source", "", Union},
		{Named("monitor").Body, "optoins thresholds", "optoins", Any},
		{Named("monitor").Body, "options treshold", "treshold", Any},
		{Named("monitor").Body, "name first", "first", Any},
	} {
		f, unknown, known := c.t.Find(strings.Fields(c.path))
		switch {
		case unknown != c.unknown:
			t.Errorf("%s: unknown %q, want %q", c.path, unknown, c.unknown)
		case unknown == "" && (f == nil || f.Type.Shape != c.shape):
			t.Errorf("%s: %+v", c.path, f)
		case unknown == "treshold" && !slices.Contains(known, "thresholds"):
			t.Errorf("%s: known %v", c.path, known)
		}
	}
}

// TestFindEveryField: each field of each kind is found by its path.
func TestFindEveryField(t *testing.T) {
	found := 0
	for _, k := range All() {
		var walk func(in *Type, path []string)
		walk = func(in *Type, path []string) {
			for _, object := range held([]*Type{in}) {
				for name, f := range object.Fields {
					at := append(path[:len(path):len(path)], name)
					if got, unknown, _ := k.Body.Find(at); got == nil || got.Name != name {
						t.Fatalf("%s %v: unknown %q", k.Name, at, unknown)
					}
					if found++; len(at) < 3 {
						walk(f.Type, at)
					}
				}
			}
		}
		walk(k.Body, nil)
	}
	if found < 500 {
		t.Errorf("only %d fields", found)
	}
}
