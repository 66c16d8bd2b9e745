package kind

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
	"ddmon/internal/object"
)

// TestReferencesInLists: a field can contain a list of ids, strings or numbers.
func TestReferencesInLists(t *testing.T) {
	list := &Type{Shape: List, Elem: &Type{Shape: Integer}}
	body := &Type{Shape: Object, Fields: map[string]*Field{"monitor_ids": {Name: "monitor_ids", Type: list, Ref: "monitor"}}}
	got := references(body, ddtest.Object(t, `{"monitor_ids":[7,"8",null,[9]],"other":[1]}`), nil)
	want := []Reference{
		{object.Path{"monitor_ids", 0}, "monitor", "7"}, {object.Path{"monitor_ids", 1}, "monitor", "8"},
		{object.Path{"monitor_ids", 3, 0}, "monitor", "9"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDashboardReferences(t *testing.T) {
	body := ddtest.Object(t, `{"title":"t","layout_type":"ordered","widgets":[
		{"id":9,"definition":{"type":"slo","slo_id":"ab","view_type":"detail"}},
		{"definition":{"type":"note","content":"alert_id 5","alert_id":"5"}},
		{"definition":{"type":"group","layout_type":"ordered","widgets":[
			{"definition":{"type":"alert_graph","alert_id":"12","viz_type":"timeseries"}},
			{"definition":{"type":"alert_value","alert_id":13}},
			{"definition":{"type":"alert_value"}},
			{"definition":{"type":"query_value","requests":[{"queries":[{"data_source":"slo","slo_id":"cd","measure":"good_events"}]}]}}]}},
		{"definition":{"type":"hologram","alert_id":"6"}}]}`)
	type found struct{ Path, Kind, ID string }
	var got []found
	for _, r := range Named("dashboard").References(body) {
		got = append(got, found{r.Path.String(), r.Kind, r.ID})
	}
	want := []found{
		{"widgets[0].definition.slo_id", "slo", "ab"},
		{"widgets[2].definition.widgets[0].definition.alert_id", "monitor", "12"},
		{"widgets[2].definition.widgets[1].definition.alert_id", "monitor", "13"},
		{"widgets[2].definition.widgets[3].definition.requests[0].queries[0].slo_id", "slo", "cd"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if refs := Named("dashboard").References(map[string]any{"widgets": "none"}); len(refs) > 0 {
		t.Errorf("references of nonsense: %v", refs)
	}
}
