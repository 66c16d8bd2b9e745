package kind

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
)

// TestCheckSLO: what Datadog refuses although each field is valid is found, with its place.
func TestCheckSLO(t *testing.T) {
	const thresholds = `"thresholds":[{"timeframe":"7d","target":99.5,"warning":99.9},{"timeframe":"30d","target":99}]`
	const query = `"query":{"numerator":"sum:a{*}.as_count()","denominator":"sum:b{*}.as_count()"}`
	for body, want := range map[string][]string{
		`{"name":"s","type":"metric",` + query + `,` + thresholds + `}`:                                     nil,
		`{"name":"s","type":"metric",` + thresholds + `}`:                                                   {"missing_field query"},
		`{"name":"s","type":"monitor",` + thresholds + `}`:                                                  {"missing_field monitor_ids"},
		`{"name":"s","type":"monitor","monitor_ids":[],` + thresholds + `}`:                                 {"missing_field monitor_ids"},
		`{"name":"s","type":"monitor","monitor_ids":[7],` + thresholds + `}`:                                nil,
		`{"name":"s","type":"time_slice",` + query + `,` + thresholds + `}`:                                 {"missing_field sli_specification"},
		`{"name":"s","type":"monitor","monitor_ids":[7],"thresholds":[]}`:                                   {"invalid_value thresholds"},
		`{"type":"monitor","monitor_ids":[7],"thresholds":[{"timeframe":"7d","target":99,"warning":99}]}`:   {"invalid_value thresholds[0].warning"},
		`{"type":"monitor","monitor_ids":[7],"thresholds":[{"timeframe":"7d","target":0}]}`:                 {"invalid_value thresholds[0].target"},
		`{"type":"monitor","monitor_ids":[7],"thresholds":[{"timeframe":"7d","target":100.5}]}`:             {"invalid_value thresholds[0].target"},
		`{"type":"monitor","monitor_ids":[7],"thresholds":[{"timeframe":"7d","target":99,"warning":101}]}`:  {"invalid_value thresholds[0].warning"},
		`{"type":"monitor","monitor_ids":[7],"thresholds":[{"timeframe":"7d"},{"timeframe":"7d"},{},null]}`: {"invalid_value thresholds[1].timeframe"},
		`{"type":7,"thresholds":"x"}`:                                                                       nil, // the types of fields are judged by the tables
	} {
		if diff := cmp.Diff(append([]string{}, want...), summaries(Named("slo").Check(ddtest.Object(t, body)))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

// TestSLOReferences: an SLO of monitors refers to each of them.
func TestSLOReferences(t *testing.T) {
	got := Named("slo").References(ddtest.Object(t, `{"type":"monitor","monitor_ids":[7,8]}`))
	if len(got) != 2 || got[0].Kind != "monitor" || got[0].ID != "7" || got[1].Path.String() != "monitor_ids[1]" {
		t.Errorf("references %v", got)
	}
}
