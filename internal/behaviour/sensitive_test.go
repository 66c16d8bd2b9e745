package behaviour_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/behaviour"
	"ddmon/internal/object"
	"ddmon/internal/series"
)

// TestSensitiveValues: recipients of a sensitive message are compared but not shown. The same applies to the data that
// a sensitive query reads, and to the reason why it cannot be evaluated.
func TestSensitiveValues(t *testing.T) {
	const body = `{"name":"n","query":"max(last_1m):max:%s{*} > 5","message":"@hook-%s"}`
	for name, tt := range map[string]struct {
		before, after, sensitive string
		want                     string
	}{
		"message": {fmt.Sprintf(body, "m", "old-zulu"), fmt.Sprintf(body, "m", "new-zulu"), "message",
			"would no longer notify (sensitive value), would also notify (sensitive value) [different]"},
		"same message": {fmt.Sprintf(body, "m", "zulu"), strings.Replace(fmt.Sprintf(body, "m", "zulu"), "> 5", "> 6", 1), "message", "[no change]"},
		"query":        {fmt.Sprintf(body, "m", "x"), fmt.Sprintf(body, "zulu", "x"), "query", "(sensitive value) is not in the recording"},
		"reason":       {fmt.Sprintf(body, "m", "x"), fmt.Sprintf(body, "m}zulu{", "x"), "query", "the reason is hidden"},
	} {
		desired := want(t, "a", tt.after)
		desired.Sensitive = map[string][]string{tt.sensitive: {"v"}}
		live := applied(t, []*object.Object{want(t, "a", tt.before)})
		rec := recorded(t, "i", "1x130 9x20 1x90", true)
		report := behaviour.Compare(build(t, []*object.Object{desired}, live), []*series.Recording{rec}, behaviour.Options{})
		raw, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		all := strings.Join(texts(report), "\n")
		if strings.Contains(string(raw)+fmt.Sprintf("%+v", report), "zulu") {
			t.Errorf("%s: %s", name, raw)
		}
		if !strings.Contains(all, tt.want) {
			t.Errorf("%s: no %q in\n%s", name, tt.want, all)
		}
	}
}
