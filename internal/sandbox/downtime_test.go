package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const downtimesURL = "/api/v2/downtime"

// downtimeBody returns the request body of a downtime with some attributes changed. A nil value removes the attribute.
func downtimeBody(changes object) string {
	m := object{
		"scope": "env:staging", "monitor_identifier": object{"monitor_tags": []any{"*"}},
		"schedule": object{"start": "2026-01-02T10:00:00Z", "end": "2026-01-02T12:00:00+01:00"},
	}
	for key, v := range changes {
		m[key] = v
		if v == nil {
			delete(m, key)
		}
	}
	return downtimePatch(m)
}

// downtimePatch returns a request body with some attributes.
func downtimePatch(attributes object) string {
	return body(object{"data": object{"type": "downtime", "attributes": attributes}})
}

// sendDowntime sends a request and returns the id and the attributes of the downtime in the response.
func sendDowntime(t testing.TB, s http.Handler, method, url, sent string) (string, object) {
	t.Helper()
	data, _ := must(t, s, method, url, sent)["data"].(object)
	attributes, isObject := data["attributes"].(object)
	if !isObject || data["type"] != "downtime" {
		t.Fatalf("%s %s: %v", method, url, data)
	}
	return stringField(data, "id"), attributes
}

// setClock sets the clock of the sandbox.
func setClock(t testing.TB, s *Server, text string) {
	t.Helper()
	now, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	s.now = func() time.Time { return now }
}

func TestCreateDowntime(t *testing.T) {
	s := newTestServer(t)
	id, got := sendDowntime(t, s, "POST", downtimesURL, downtimeBody(object{"display_timezone": ""}))
	if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(id) {
		t.Errorf("id %q", id)
	}
	for _, key := range []string{"notify_end_states", "notify_end_types"} {
		set := stringList(got[key])
		slices.Sort(set)
		got[key] = strings.Join(set, ",")
	}
	want := object{
		"scope": "env:staging", "monitor_identifier": object{"monitor_tags": []any{"*"}}, "message": nil, "status": "scheduled",
		"schedule":         object{"start": "2026-01-02T10:00:00+00:00", "end": "2026-01-02T11:00:00+00:00"},
		"display_timezone": "UTC", "mute_first_recovery_notification": false, "canceled": nil,
		"notify_end_states": "alert,no data,warn", "notify_end_types": "expired",
		"created": timestamp(testNow()), "modified": timestamp(testNow()),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	other, got := sendDowntime(t, s, "POST", downtimesURL, downtimeBody(object{"schedule": nil}))
	schedule, _ := got["schedule"].(object)
	if other == id || schedule["start"] != timestamp(testNow()) || schedule["end"] != nil || got["status"] != "active" {
		t.Errorf("%s of now: %v", other, got)
	}
}

// TestDowntimeSetOrder: the order of the two sets changes from response to response.
func TestDowntimeSetOrder(t *testing.T) {
	s := newTestServer(t)
	id, _ := sendDowntime(t, s, "POST", downtimesURL, downtimeBody(nil))
	seen := map[string]bool{}
	for range 6 {
		_, got := sendDowntime(t, s, "GET", downtimesURL+"/"+id, "")
		seen[strings.Join(stringList(got["notify_end_states"]), ",")] = true
	}
	if len(seen) != 3 {
		t.Errorf("%v", seen)
	}
}

func TestDowntimeStatus(t *testing.T) {
	s := newTestServer(t)
	once, _ := sendDowntime(t, s, "POST", downtimesURL, downtimeBody(nil))
	daily, _ := sendDowntime(t, s, "POST", downtimesURL, downtimeBody(object{"schedule": object{"timezone": "Europe/Berlin", "recurrences": []any{
		object{"rrule": "FREQ=DAILY;INTERVAL=2", "duration": "3h", "start": "2026-03-28T22:00:00"}, // 21:00 UTC
	}}}))
	for _, c := range []struct{ now, once, daily, start string }{
		{"2026-01-02T09:59:59Z", "scheduled", "scheduled", "2026-03-28T21:00:00+00:00"},
		{"2026-01-02T10:00:00Z", "active", "scheduled", "2026-03-28T21:00:00+00:00"},
		{"2026-01-02T11:00:00Z", "ended", "scheduled", "2026-03-28T21:00:00+00:00"},
		{"2026-03-28T23:59:59Z", "ended", "active", "2026-03-28T21:00:00+00:00"},
		{"2026-03-29T00:00:00Z", "ended", "scheduled", "2026-03-30T20:00:00+00:00"}, // at the same local time, after the change to summer time
		{"2026-03-30T21:00:00Z", "ended", "active", "2026-03-30T20:00:00+00:00"},
	} {
		setClock(t, s, c.now)
		_, first := sendDowntime(t, s, "GET", downtimesURL+"/"+once, "")
		_, second := sendDowntime(t, s, "GET", downtimesURL+"/"+daily, "")
		current, _ := second["schedule"].(object)["current_downtime"].(object)
		if first["status"] != c.once || second["status"] != c.daily || current["start"] != c.start {
			t.Errorf("%s: %v, %v, %v", c.now, first["status"], second["status"], current)
		}
	}
	if _, got := sendDowntime(t, s, "PATCH", downtimesURL+"/"+daily, downtimePatch(object{"message": "m"})); got["schedule"].(object)["timezone"] != "Europe/Berlin" {
		t.Errorf("%v", got)
	}
	raw, err := s.downtimeResource().countStored(readTx(t, s), daily)
	if err != nil || strings.Contains(fmt.Sprint(raw), "current_downtime") {
		t.Errorf("the current occurrence is stored: %v, %v", raw, err)
	}
}

// readTx returns a transaction that reads a server's in-memory store.
func readTx(t testing.TB, s *Server) tx {
	t.Helper()
	var out tx
	if err := s.store.view(func(t tx) error { out = t; return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestUpdateDowntimeMerges(t *testing.T) {
	s := newTestServer(t)
	id, made := sendDowntime(t, s, "POST", downtimesURL, downtimeBody(object{"message": "first", "notify_end_types": []any{}}))
	url := downtimesURL + "/" + id
	setClock(t, s, "2026-01-02T04:00:00Z")
	_, got := sendDowntime(t, s, "PATCH", url, downtimePatch(object{"message": "second"}))
	if got["message"] != "second" || got["modified"] != "2026-01-02T04:00:00.000000+00:00" || got["created"] != made["created"] ||
		cmp.Diff(made["schedule"], got["schedule"]) != "" || len(got["notify_end_types"].([]any)) != 0 {
		t.Errorf("%v", got)
	}
	// A null start becomes the time of each request.
	for _, now := range []string{"2026-01-02T05:00:00Z", "2026-01-02T06:00:00Z"} {
		setClock(t, s, now)
		_, got = sendDowntime(t, s, "PATCH", url, downtimePatch(object{"message": nil, "schedule": object{"start": nil}}))
		want := object{"start": strings.TrimSuffix(now, "Z") + ".000000+00:00", "end": "2026-01-02T11:00:00+00:00"}
		if diff := cmp.Diff(object{"schedule": want, "message": nil}, object{"schedule": got["schedule"], "message": got["message"]}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", now, diff)
		}
	}
	// A recurring schedule replaces a one-time schedule, and the reverse.
	recurring := object{"recurrences": []any{object{"rrule": "FREQ=DAILY", "duration": "1h"}}}
	_, got = sendDowntime(t, s, "PATCH", url, downtimePatch(object{"schedule": recurring}))
	schedule := got["schedule"].(object)
	if first := objects(schedule["recurrences"])[0]; schedule["end"] != nil || first["start"] != "2026-01-02T06:00:00" || schedule["timezone"] != "UTC" {
		t.Errorf("%v", schedule)
	}
	_, got = sendDowntime(t, s, "PATCH", url, downtimePatch(object{"schedule": object{"end": "2026-02-01T00:00:00Z"}}))
	if diff := cmp.Diff(object{"start": "2026-01-02T06:00:00.000000+00:00", "end": "2026-02-01T00:00:00+00:00"}, got["schedule"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCancelDowntime: gets and lists return a canceled downtime, and its status no longer changes.
func TestCancelDowntime(t *testing.T) {
	s := newTestServer(t)
	id, _ := sendDowntime(t, s, "POST", downtimesURL, downtimeBody(nil))
	for range 2 {
		if w := call(s, "DELETE", downtimesURL+"/"+id, ""); w.Code != 204 || w.Body.Len() != 0 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		setClock(t, s, "2026-01-02T10:30:00Z")
		_, got := sendDowntime(t, s, "GET", downtimesURL+"/"+id, "")
		if got["status"] != "canceled" || got["canceled"] != timestamp(testNow()) {
			t.Errorf("%v", got)
		}
		if list := downtimesIn(must(t, s, "GET", downtimesURL, "")); len(list) != 1 || list[0]["attributes"].(object)["status"] != "canceled" {
			t.Errorf("%v", list)
		}
	}
}

func TestListDowntimes(t *testing.T) {
	s := newTestServer(t)
	for i := range 35 {
		setClock(t, s, fmt.Sprintf("2026-01-02T03:04:%02dZ", i))
		sendDowntime(t, s, "POST", downtimesURL, downtimeBody(object{"scope": fmt.Sprintf("n:%d", i)}))
	}
	for _, c := range []struct {
		query, first string
		n            int
	}{
		{"", "n:0", 30}, {"?page[limit]=100", "n:0", 35}, {"?page[offset]=30", "n:30", 5}, {"?page%5Blimit%5D=2&page%5Boffset%5D=2", "n:2", 2},
		{"?page[offset]=40", "", 0},
	} {
		response := must(t, s, "GET", downtimesURL+c.query, "")
		list := downtimesIn(response)
		first := ""
		if len(list) > 0 {
			first = stringField(list[0]["attributes"].(object), "scope")
		}
		total := response["meta"].(object)["page"].(object)["total_filtered_count"]
		if len(list) != c.n || first != c.first || total != json.Number("35") {
			t.Errorf("%q: %d from %s, of %v", c.query, len(list), first, total)
		}
	}
	if w := call(s, "GET", downtimesURL+"?page[limit]=x", ""); w.Code != 400 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestDowntimeErrors(t *testing.T) {
	s := newTestServer(t)
	id, _ := sendDowntime(t, s, "POST", downtimesURL, downtimeBody(nil))
	tags := make([]any, 33)
	for i := range tags {
		tags[i] = fmt.Sprint("a:", i)
	}
	for _, c := range []struct {
		changes object
		want    string
	}{
		{object{"scope": "staging"}, "All values must have a key"},
		{object{"scope": "env:a AND b"}, "All values must have a key"},
		{object{"scope": "env:a AND (b:c OR NOT d:e) AND f IN (g, h) AND i:(j OR k) AND host:\"two words\""}, ""},
		{object{"scope": "*"}, ""},
		{object{"scope": nil}, "'scope' is a required property"},
		{object{"monitor_identifier": nil}, "'monitor_identifier' is a required property"},
		{object{"monitor_identifier": object{"monitor_id": json.Number("7")}}, "'monitor_id' does not correspond to any monitor"},
		{object{"monitor_identifier": object{"monitor_tags": tags}}, "There can be at most 32 monitor tags."},
		{object{"status": "active"}, "Additional properties are not allowed ('status' was unexpected)"},
		{object{"b": "x", "a": "x"}, "Additional properties are not allowed ('a', 'b' were unexpected)"},
		{object{"schedule": object{"end": "2026-01-02T03:04:05Z"}}, "Scheduled downtime start cannot be in the past"},
	} {
		w := call(s, "POST", downtimesURL, downtimeBody(c.changes))
		if got := w.Body.String(); c.want == "" && w.Code != 200 || c.want != "" && (w.Code != 400 || got != body(object{"errors": []any{c.want}})) {
			t.Errorf("%v: %d %s", c.changes, w.Code, got)
		}
	}
	const none = "00000000-0000-1234-0000-000000000000"
	for _, c := range []struct{ method, id, sent, want string }{
		{"GET", none, "", `404 {"errors":["Downtime not found"]}`},
		{"PATCH", none, downtimePatch(object{}), `404 {"errors":["Downtime not found"]}`},
		{"DELETE", none, "", `404 {"errors":["Downtime ` + none + ` not found"]}`},
		{"GET", "7", "", `400 {"errors":["Invalid URL param: downtime_id must be an uuid"]}`},
		{"PATCH", "7", downtimePatch(object{}), `400 {"errors":["Invalid URL param: downtime_id must be an uuid"]}`},
		{"DELETE", "7", "", `400 {"errors":["Invalid URL param: downtime_id must be an uuid"]}`},
		{"PATCH", id, `{}`, `400 {"errors":["'attributes' is a required property"]}`},
		{"PATCH", id, downtimePatch(object{"scope": "x"}), `400 {"errors":["All values must have a key"]}`},
	} {
		w := call(s, c.method, downtimesURL+"/"+c.id, c.sent)
		if got := fmt.Sprintf("%d %s", w.Code, w.Body); got != c.want {
			t.Errorf("%s %s: %s", c.method, c.id, got)
		}
	}
}

// TestDowntimesPersist: a file keeps downtimes, including canceled ones.
func TestDowntimesPersist(t *testing.T) {
	path := t.TempDir() + "/box.db"
	s := openTestServer(t, path)
	first, _ := sendDowntime(t, s, "POST", downtimesURL, downtimeBody(nil))
	second, _ := sendDowntime(t, s, "POST", downtimesURL, downtimeBody(nil))
	if w := call(s, "DELETE", downtimesURL+"/"+first, ""); w.Code != 204 {
		t.Fatal(w.Body)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTestServer(t, path)
	for id, status := range map[string]string{first: "canceled", second: "scheduled"} {
		if _, got := sendDowntime(t, s, "GET", downtimesURL+"/"+id, ""); got["status"] != status {
			t.Errorf("%s: %v", id, got)
		}
	}
}
