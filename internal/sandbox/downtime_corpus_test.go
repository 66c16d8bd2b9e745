package sandbox

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// downtimeMisses maps the recordings of downtimes that the sandbox does not reproduce to the reason.
var downtimeMisses = map[string]string{
	"010-create-downtimeschedulebasicrecurring.json":      "the recorded occurrence of July 2042 is without daylight saving time",
	"023-get-downtimeschedulebasicrecurring.json":         "the recorded occurrence of July 2042 is without daylight saving time",
	"033-list-get-all-downtimes-returns-ok-response.json": "shortened by hand: 1049 downtimes, of which fewer are in the file",
}

// downtimeOutOfScope are the downtime operations that ddmon does not use and the sandbox does not implement.
var downtimeOutOfScope = map[string]string{"matches": "the downtimes of a monitor, for people"}

// TestDowntimeCorpus replays all recorded requests about downtimes.
func TestDowntimeCorpus(t *testing.T) {
	counts, outside := map[string]*tally{}, 0
	unseen := maps.Clone(downtimeMisses)
	for _, p := range corpusPairs(t, "downtimes") {
		if _, out := downtimeOutOfScope[p.Op]; out {
			outside++
			continue
		}
		diff := replayDowntime(t, p)
		delete(unseen, p.file)
		name := p.Op
		if p.Status >= 400 {
			name = "errors"
		}
		count(counts, name, diff == "")
		switch reason, listed := downtimeMisses[p.file]; {
		case diff != "" && !listed:
			t.Errorf("%s is not reproduced (-recorded +sandbox):\n%s", p.file, diff)
		case diff == "" && listed:
			t.Errorf("%s is reproduced, but listed as a miss: %s", p.file, reason)
		}
	}
	if len(unseen) > 0 {
		t.Errorf("listed as misses, but not in the corpus: %v", slices.Sorted(maps.Keys(unseen)))
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%-12s %d of %d", name, counts[name].reproduced, counts[name].all)
	}
	t.Logf("out of scope: %d", outside)
}

// replayDowntime returns how the sandbox's response differs from the recorded one. The clock shows the time of the
// recording.
func replayDowntime(t *testing.T, p pair) string {
	t.Helper()
	s := newTestServer(t)
	recorded := decodeAny(t, orNull(p.Response))
	for _, resource := range downtimesIn(recorded) {
		attributes, _ := resource["attributes"].(object)
		if at, isTime := parseTime(attributes["modified"]); isTime {
			s.now = func() time.Time { return at }
		}
	}
	prepareDowntimes(t, s, p)
	body := string(p.Request)
	if body == "null" {
		body = ""
	}
	w := callWith(s, p.Method, p.URL, body, "key")
	if w.Code != p.Status {
		return fmt.Sprintf("status %d, recorded %d: %s", w.Code, p.Status, w.Body)
	}
	got := decodeAny(t, responseBody(w))
	if p.Status < 400 {
		sent, _ := decodeAny(t, orNull(p.Request)).(object)
		// maskDowntimes masks values that always differ (ids, the user, the time for a null start) and sorts the sets.
		maskDowntimes(recorded, sent)
		maskDowntimes(got, sent)
	}
	return cmp.Diff(recorded, got)
}

func downtimesIn(response any) []object { return slosIn(response) }

// maskDowntimes takes out what cannot be the same, and the order of the sets: ids, the user, and the moment that null
// was.
func maskDowntimes(response any, sent object) {
	data, _ := sent["data"].(object)
	attributes, _ := data["attributes"].(object)
	schedule, _ := attributes["schedule"].(object)
	start, isWritten := schedule["start"]
	for _, resource := range downtimesIn(response) {
		resource["id"] = fmt.Sprintf("(%T)", resource["id"])
		if relationships, related := resource["relationships"].(object); related {
			by, _ := relationships["created_by"].(object)
			user, _ := by["data"].(object)
			user["id"] = fmt.Sprintf("(%T)", user["id"])
		}
		shown, _ := resource["attributes"].(object)
		for _, key := range []string{"notify_end_states", "notify_end_types"} {
			set := stringList(shown[key])
			slices.Sort(set)
			shown[key] = set
		}
		if when, _ := shown["schedule"].(object); isWritten && start == nil {
			when["start"] = fmt.Sprintf("(%T)", when["start"])
		}
	}
	o, _ := response.(object)
	for _, included := range objects(o["included"]) {
		if included["type"] == "users" {
			included["id"], included["attributes"] = "(id)", "(user)"
			continue
		}
		included["attributes"] = "(" + strings.Join(slices.Sorted(maps.Keys(included["attributes"].(object))), ", ") + ")"
	}
}

// prepareDowntimes seeds a sandbox with the downtimes that must have existed when a pair was recorded.
func prepareDowntimes(t *testing.T, s *Server, p pair) {
	t.Helper()
	sent, _ := decodeAny(t, orNull(p.Request)).(object)
	data, _ := sent["data"].(object)
	attributes, _ := data["attributes"].(object)
	identifier, _ := attributes["monitor_identifier"].(object)
	if id, isNumber := floatValue(identifier["monitor_id"]); isNumber {
		seedMonitor(t, s, int64(id), object{})
	}
	if prior, isObject := decodeAny(t, orNull(p.Prior)).(object); isObject {
		seedDowntime(t, s, prior)
	}
	if p.Status >= 400 {
		return
	}
	switch p.Op {
	case "cancel":
		seedDowntime(t, s, object{"id": pathID(p.URL), "attributes": object{"created": timestamp(testNow()), "schedule": object{}}})
	case "get", "list":
		if strings.HasSuffix(p.URL, "offset%5D=2") {
			for _, id := range []string{"00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"} {
				seedDowntime(t, s, object{"id": id, "attributes": object{"created": "2000", "schedule": object{}}})
			}
		}
		for _, resource := range downtimesIn(decodeAny(t, p.Response)) {
			seedDowntime(t, s, resource)
		}
	}
}

// seedDowntime stores a downtime with a given id.
func seedDowntime(t testing.TB, s *Server, resource object) {
	t.Helper()
	attributes, _ := resource["attributes"].(object)
	stored := without(attributes, "status")
	id := stringField(resource, "id")
	stored["id"] = id
	if schedule, isObject := stored["schedule"].(object); isObject {
		stored["schedule"] = without(schedule, "current_downtime")
	}
	if err := s.store.update(func(t tx) error { return t.put(downtimeBucket, id, encode(stored)) }); err != nil {
		t.Fatal(err)
	}
	if err := s.publish(t.Context(), s.downtimeResource(), id); err != nil {
		t.Fatal(err)
	}
}
