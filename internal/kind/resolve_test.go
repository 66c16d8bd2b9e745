package kind

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/object"
)

func definitionType() *Type {
	return Named("dashboard").Body.Fields["widgets"].Type.Elem.Fields["definition"].Type
}

func TestFieldOfEveryWidget(t *testing.T) {
	types := Named("dashboard").WidgetTypes()
	if len(types) < 41 {
		t.Errorf("%d types of widgets", len(types))
	}
	for _, name := range types {
		widget := Named("dashboard").Widget(name)
		in := map[string]any{"type": name}
		resolved := definitionType().Resolve(in)
		if resolved != widget && !slices.Contains(widget.Variants, resolved) {
			t.Errorf("%s resolves to %s", name, resolved.Name)
		}
		f := definitionType().Field("type", in)
		if f == nil || !slices.Contains(f.Type.Enum, name) {
			t.Errorf("%s: the field type is %+v", name, f)
		}
		for key := range resolved.Fields {
			if definitionType().Field(key, in) != resolved.Fields[key] {
				t.Errorf("%s.%s is not found", name, key)
			}
		}
		if f := definitionType().Field("no_such_field", in); f != nil {
			t.Errorf("%s knows no_such_field", name)
		}
	}
}

func TestField(t *testing.T) {
	options := Named("monitor").Body.Fields["options"].Type
	for name, test := range map[string]struct {
		typ  *Type
		key  string
		in   map[string]any
		want bool
	}{
		"an object's":            {options, "thresholds", nil, true},
		"not an object's":        {options, "threshold", nil, false},
		"a map's":                {options.Fields["silenced"].Type, "host:a", nil, true},
		"a list has none":        {Named("monitor").Body.Fields["tags"].Type, "a", nil, false},
		"nothing is known":       {nil, "a", nil, false},
		"of a widget":            {definitionType(), "alert_id", map[string]any{"type": "alert_graph"}, true},
		"of another widget":      {definitionType(), "alert_id", map[string]any{"type": "note"}, false},
		"of an unknown widget":   {definitionType(), "alert_id", map[string]any{"type": "hologram"}, false},
		"of a widget in writing": {definitionType(), "alert_id", map[string]any{"alert_id": "1"}, true},
	} {
		if got := test.typ.Field(test.key, test.in); (got != nil) != test.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestResolve(t *testing.T) {
	types := smallTable(t, `union U Words Num A B1 B2
type Words []string
type Num integer
object A
 type AType required
 a string
enum AType "a"
object B1
 type BType required
 mode One
 x string required
object B2
 type BType required
 mode Two
 y string required
enum BType "b"
enum One "one" "same"
enum Two "two" "same"
`)
	for text, want := range map[string]string{
		`{"type":"a"}`:                         "A",
		`{"type":"b","mode":"one"}`:            "B1",
		`{"type":"b","mode":"two"}`:            "B2",
		`{"type":"b","mode":"two","x":"1"}`:    "B2",
		`{"type":"b","mode":"same","y":"1"}`:   "B2", // fewest faults
		`{"type":"b","mode":"neither","y":""}`: "B2", // the first key has decided, this one is a fault
		`{"type":"b"}`:                         "B1", // the first of equals
		`{"type":"c"}`:                         "",
		`["x"]`:                                "Words",
		`3`:                                    "Num",
		`3.5`:                                  "",
		`true`:                                 "",
	} {
		v, err := object.Decode([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if r := types["U"].Resolve(v); r != nil {
			got = r.Name
		}
		if got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
	if a := types["A"]; a.Resolve(3) != a {
		t.Error("Resolve changes a type that is not a union")
	}
}

// TestDiscriminators pins the first discriminator of the unions of dashboards.
func TestDiscriminators(t *testing.T) {
	unions := load(dashboardTable, dashboardOverlay())
	got := map[string]string{}
	for name, typ := range unions {
		if typ.Shape == Union && len(typ.discriminators) > 0 {
			got[name] = typ.discriminators[0].key
		}
	}
	for name, want := range map[string]string{
		"WidgetDefinition":                        "type",
		"SplitGraphSourceWidgetDefinition":        "type",
		"FormulaAndFunctionQueryDefinition":       "data_source",
		"DistributionWidgetHistogramRequestQuery": "data_source",
		"DashboardDefaultTimeframeSetting":        "type",
		"WidgetSortOrderBy":                       "type",
		"NumberFormatUnit":                        "type",
	} {
		if got[name] != want {
			t.Errorf("discriminator of %s is %q, want %q", name, got[name], want)
		}
	}
	var shared []string
	for value, variants := range unions["WidgetDefinition"].discriminators[0].byValue {
		if len(variants) > 1 {
			shared = append(shared, value)
		}
	}
	slices.Sort(shared)
	if diff := cmp.Diff([]string{"funnel", "topology_map"}, shared); diff != "" {
		t.Errorf("types of widgets with two definitions (-want +got):\n%s", diff)
	}
}

func BenchmarkFieldOfObject(b *testing.B) {
	typ := Named("monitor").Body
	b.ReportAllocs()
	for b.Loop() {
		typ.Field("query", nil)
	}
}

func BenchmarkFieldOfWidget(b *testing.B) {
	in, typ := map[string]any{"type": "timeseries", "requests": []any{}}, definitionType()
	b.ReportAllocs()
	for b.Loop() {
		typ.Field("requests", in)
	}
}
