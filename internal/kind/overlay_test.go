package kind

import (
	"strings"
	"testing"
)

func TestOverlayFits(t *testing.T) {
	for name, part := range map[string]struct {
		text    string
		overlay overlay
	}{
		"monitor":   {monitorTable, monitorOverlay()},
		"dashboard": {dashboardTable, dashboardOverlay()},
	} {
		types := table{}
		if err := types.read(part.text); err != nil {
			t.Fatal(name, err)
		}
		if err := part.overlay.apply(types); err != nil {
			t.Error(name, err)
		}
		for typeName, typ := range types {
			if typ.Shape == Any {
				t.Errorf("%s: the type %s is named and never defined", name, typeName)
			}
			if typ.Fields[extraKey] != nil {
				t.Errorf("%s: %s has a field of the name of the escape", name, typeName)
			}
		}
	}
}

func TestOverlayRefuses(t *testing.T) {
	const text = "object A\n a string\n n integer\nenum E \"x\"\n"
	for name, test := range map[string]struct {
		overlay overlay
		want    string
	}{
		"no such object":            {overlay{fields: []fact{{schema: "B", field: "a"}}}, "object B has no field a"},
		"no such field":             {overlay{fields: []fact{{schema: "A", field: "b"}}}, "object A has no field b"},
		"no field anywhere":         {overlay{fields: []fact{{schema: "*", field: "b"}}}, "no object * has a field b"},
		"no such suffix":            {overlay{fields: []fact{{schema: "*B", field: "a"}}}, "no object *B has a field a"},
		"a query is a string":       {overlay{fields: []fact{{schema: "*", field: "n", Query: true}}}, "no object * has a field n"},
		"no such enum":              {overlay{values: []valueFact{{schema: "A"}}}, "the enum A does not exist"},
		"a value that exists":       {overlay{values: []valueFact{{schema: "E", more: []string{"x"}}}}, "already"},
		"an addition that is there": {overlay{added: "object A\n a string\n"}, "duplicate field"},
	} {
		types := table{}
		if err := types.read(text); err != nil {
			t.Fatal(err)
		}
		if err := test.overlay.apply(types); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, test.want)
		}
	}
}

// TestOverlayExplains keeps `ddmon schema` useful: the most common fields have a note and a link.
func TestOverlayExplains(t *testing.T) {
	monitor := Named("monitor").Body
	for _, typ := range []*Type{monitor, monitor.Fields["options"].Type, Named("dashboard").Body} {
		for name, f := range typ.Fields {
			if f.Note == "" || !strings.HasPrefix(f.Doc, "https://docs.datadoghq.com/") {
				t.Errorf("%s.%s: note %q, documentation %q", typ.Name, name, f.Note, f.Doc)
			}
		}
	}
	for _, name := range []string{"critical", "critical_recovery", "warning", "warning_recovery", "ok", "unknown"} {
		if f := monitor.Fields["options"].Type.Fields["thresholds"].Type.Fields[name]; f.Note == "" || f.Doc == "" {
			t.Errorf("thresholds.%s is not explained", name)
		}
	}
}

// TestFacts pins what other packages lean on; each line is a fact with a source in the overlay.
func TestFacts(t *testing.T) {
	monitor, dashboard := Named("monitor").Body, Named("dashboard").Body
	options := monitor.Fields["options"].Type
	for name, ok := range map[string]bool{
		"silenced":               options.Fields["silenced"].Unmanaged,
		"notify_audit":           options.Fields["notify_audit"].Default == false,
		"include_tags":           options.Fields["include_tags"].Default == true,
		"new_host_delay":         options.Fields["new_host_delay"].Default == number("300"),
		"renotify_interval":      options.Fields["renotify_interval"].Default == number("0"),
		"priority":               monitor.Fields["priority"].Default == number("0"),
		"draft_status":           monitor.Fields["draft_status"].Default == "published" && monitor.Fields["draft_status"].Unmanaged,
		"tags":                   monitor.Fields["tags"].Set,
		"query":                  monitor.Fields["query"].Query && monitor.Fields["query"].Trim,
		"type":                   monitor.Fields["type"].ForceNew && monitor.Fields["type"].Type.Equivalent[0][0] == "metric alert",
		"overall_state_modified": monitor.Fields["overall_state_modified"].ReadOnly,
		"restriction_policy":     monitor.Fields["restriction_policy"].Unmanaged,
		"notify_list":            dashboard.Fields["notify_list"].Unmanaged && dashboard.Fields["notify_list"].Set,
		"url":                    dashboard.Fields["url"].ReadOnly,
		"widget id":              dashboard.Fields["widgets"].Type.Elem.Fields["id"].Volatile,
		"alert_id":               Named("dashboard").Widget("alert_graph").Fields["alert_id"].Ref == "monitor",
		"slo_id":                 Named("dashboard").Widget("slo").Fields["slo_id"].Ref == "slo",
	} {
		if !ok {
			t.Errorf("%s is not as it should be", name)
		}
	}
}

func TestVersion(t *testing.T) {
	one := version("a", overlay{fields: []fact{{schema: "A", field: "a", Note: "x"}}})
	if len(one) != 4 {
		t.Errorf("version %q", one)
	}
	if note := version("a", overlay{fields: []fact{{schema: "A", field: "a", Note: "y", Doc: "z"}}}); note != one {
		t.Error("a note changed the version")
	}
	if fact := version("a", overlay{fields: []fact{{schema: "A", field: "a", Set: true}}}); fact == one {
		t.Error("a fact did not change the version")
	}
	if text := version("b", overlay{fields: []fact{{schema: "A", field: "a"}}}); text == one {
		t.Error("a table did not change the version")
	}
	if once, again := TablesVersion(), TablesVersion(); once != again {
		t.Errorf("the version is now %s, now %s", once, again)
	}
}
