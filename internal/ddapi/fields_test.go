package ddapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

const (
	ownTags = `"tags":["ddmon_stack:shop","ddmon_id:monitor.a"]`
	ownLine = `"description":"Managed by ddmon, edits here will be overwritten: ddmon_stack:shop ddmon_id:dashboard.d"`
)

// wrongMonitor and wrongDashboard are members that an object may not have, with what an error says of them.
func wrongMonitor() map[string]string {
	return map[string]string{
		`"name":5`: `"name" of monitor 7 is a number, not a string`, `"name":["a"]`: `"name" of monitor 7 is a list, not a string`,
		`"options":[]`: `"options" of monitor 7 is a list, not an object`, `"options":"x"`: `"options" of monitor 7 is a string, not an object`,
		`"options":{"thresholds":[]}`:                  `"options.thresholds" of monitor 7 is a list, not an object`,
		`"options":{"thresholds":{"critical":"high"}}`: `"options.thresholds.critical" of monitor 7 is a string, not a number`,
		`"options":{"silenced":[]}`:                    `"options.silenced" of monitor 7 is a list, not an object`,
		`"options":{"notify_no_data":"yes"}`:           `"options.notify_no_data" of monitor 7 is a string, not a boolean`,
		`"options":{"variables":[5]}`:                  `"options.variables[0]" of monitor 7 is a number, not an object`,
		`"query":{}`:                                   `"query" of monitor 7 is an object, not a string`,
		`"message":false`:                              `"message" of monitor 7 is a boolean, not a string`,
		`"type":7`:                                     `"type" of monitor 7 is a number, not a string`,
		`"created":5`:                                  `"created" of monitor 7 is a number, not a string`,
		`"modified":{}`:                                `"modified" of monitor 7 is an object, not a string`,
		`"creator":"x"`:                                `"creator" of monitor 7 is a string, not an object`,
		`"priority":"high"`:                            `"priority" of monitor 7 is a string, not a number`,
		`"restricted_roles":"x"`:                       `"restricted_roles" of monitor 7 is a string, not a list`,
	}
}

func wrongDashboard() map[string]string {
	return map[string]string{
		`"title":5`: `"title" of dashboard abc-def-ghi is a number, not a string`, `"layout_type":7`: `"layout_type" of dashboard abc-def-ghi is a number, not a string`,
		`"widgets":{}`:                 `"widgets" of dashboard abc-def-ghi is an object, not a list`,
		`"widgets":[7]`:                `"widgets[0]" of dashboard abc-def-ghi is a number, not an object`,
		`"widgets":[null]`:             `"widgets[0]" of dashboard abc-def-ghi is null, not an object`,
		`"widgets":[{"definition":7}]`: `"widgets[0].definition" of dashboard abc-def-ghi is a number, not an object`,
		`"widgets":[{"definition":{"type":"note","content":7}}]`:             `"widgets[0].definition.content" of dashboard abc-def-ghi is a number, not a string`,
		`"widgets":[{"definition":{"type":"group","widgets":[{"id":"x"}]}}]`: `"widgets[0].definition.widgets[0].id" of dashboard abc-def-ghi is a string, not a number`,
		`"template_variables":{}`:                                            `"template_variables" of dashboard abc-def-ghi is an object, not a list`,
		`"template_variables":["env"]`:                                       `"template_variables[0]" of dashboard abc-def-ghi is a string, not an object`,
		`"author_handle":[]`:                                                 `"author_handle" of dashboard abc-def-ghi is a list, not a string`,
		`"created_at":5`:                                                     `"created_at" of dashboard abc-def-ghi is a number, not a string`,
		`"modified_at":true`:                                                 `"modified_at" of dashboard abc-def-ghi is a boolean, not a string`,
		`"notify_list":"x"`:                                                  `"notify_list" of dashboard abc-def-ghi is a string, not a list`,
	}
}

// TestFieldsOfOwnedObjects: if a field of an owned object has the wrong JSON type, every request that returns the
// object fails with an error that names the field.
func TestFieldsOfOwnedObjects(t *testing.T) {
	marker := object.Marker{Stack: "shop", Slug: "monitor.a"}
	for member, want := range wrongMonitor() {
		one := `{"id":7,` + ownTags + `,` + member + `}`
		c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/7") {
				fmt.Fprint(w, one)
				return
			}
			fmt.Fprint(w, `[{"id":6,"name":5,"options":[],"tags":[]},`+one+`]`)
		})
		for name, err := range map[string]error{
			"list": errorOf(c.List(t.Context(), monitor, "shop")), "get": errorOf(c.Get(t.Context(), monitor, "7")),
			"find": errorOf(c.Find(t.Context(), monitor, marker)),
		} {
			checkField(t, name+" "+member, err, want)
		}
		if there, err := c.Exists(t.Context(), "monitor", "7"); !there || err != nil {
			t.Errorf("%s: exists even if it is invalid: %v, %v", member, there, err)
		}
	}
	marker.Slug = "dashboard.d"
	for member, want := range wrongDashboard() {
		c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/abc-def-ghi") {
				fmt.Fprint(w, `{"id":"abc-def-ghi",`+ownLine+`,`+member+`}`)
				return
			}
			fmt.Fprint(w, `{"dashboards":[{"id":"abc-def-ghi",`+ownLine+`}]}`)
		})
		for name, err := range map[string]error{
			"list": errorOf(c.List(t.Context(), dashboard, "shop")), "get": errorOf(c.Get(t.Context(), dashboard, "abc-def-ghi")),
			"find": errorOf(c.Find(t.Context(), dashboard, marker)),
		} {
			checkField(t, name+" "+member, err, want)
		}
	}
}

// TestFieldsOfOwnedDowntimes: the same for a kind whose whole list is read. Downtimes of others can have any field.
func TestFieldsOfOwnedDowntimes(t *testing.T) {
	const id = "00000000-0000-1234-0000-000000000000"
	downtime := kind.Named("downtime")
	for field, value := range map[string]any{"scope": 5, "schedule": "x", "monitor_identifier": []any{}, "mute_first_recovery_notification": "x", "display_timezone": 7} {
		for _, stack := range []string{"shop", "other"} {
			body := downtime.Marker.Write(map[string]any{"message": "m"}, object.Marker{Stack: stack, Slug: "downtime.a"})
			body[field] = value
			attributes, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			c, _ := start(t, func(w http.ResponseWriter, _ *http.Request) {
				fmt.Fprintf(w, `{"data":[{"type":"downtime","id":%q,"attributes":%s}]}`, id, attributes)
			})
			listed, err := c.List(t.Context(), downtime, "shop")
			if stack == "shop" {
				checkField(t, "list "+field, err, fmt.Sprintf("%q of downtime %s is ", field, id))
			} else if err != nil || len(listed.Owned) > 0 {
				t.Errorf("%s of another stack: %v, %v", field, listed.Owned, err)
			}
		}
	}
}

func checkField(t *testing.T, what string, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), "unexpected format: "+want) {
		t.Errorf("%s: %v", what, err)
		return
	}
	checkReadable(t, err.Error())
}

// TestInvalidMarkers: an invalid value in place of a marker must not hide the owner of an object.
func TestInvalidMarkers(t *testing.T) {
	for member, want := range map[string]string{
		`"tags":"text"`:                               `"tags" of monitor 7 is a string, not a list`,
		`"tags":"ddmon_stack:shop"`:                   `"tags" of monitor 7 is a string, not a list`,
		`"tags":7`:                                    `"tags" of monitor 7 is a number, not a list`,
		`"tags":{"ddmon_stack:shop":1}`:               `"tags" of monitor 7 is an object, not a list`,
		`"tags":[1]`:                                  `"tags[0]" of monitor 7 is a number, not a string`,
		`"tags":[null]`:                               `"tags[0]" of monitor 7 is null, not a string`,
		`"tags":[["ddmon_stack:shop"]]`:               `"tags[0]" of monitor 7 is a list, not a string`,
		`"tags":["ddmon_stack:shop",1]`:               `"tags[1]" of monitor 7 is a number, not a string`,
		`"tags":["ddmon_stack:shop","ddmon_id:x",{}]`: `"tags[2]" of monitor 7 is an object, not a string`,
	} {
		c, _ := start(t, respond(200, `[{"id":7,`+member+`}]`))
		checkField(t, member, errorOf(c.List(t.Context(), monitor, "shop")), want)
	}
	for member, want := range map[string]string{
		`"description":["Managed by ddmon, edits here will be overwritten: ddmon_stack:shop ddmon_id:dashboard.d"]`: "is a list, not a string",
		`"description":{"text":"ddmon_stack:shop"}`:                                                                 "is an object, not a string",
	} {
		c, _ := start(t, respond(200, `{"dashboards":[{"id":"abc-def-ghi",`+member+`}]}`))
		checkField(t, member, errorOf(c.List(t.Context(), dashboard, "shop")), `"description" of dashboard abc-def-ghi `+want)
		checkField(t, member, errorOf(c.Find(t.Context(), dashboard, object.Marker{Stack: "shop", Slug: "dashboard.d"})), `"description" of dashboard abc-def-ghi `+want)
	}
}

// TestUnmanagedObjectsCanBeInvalid: an invalid unmanaged object does not fail a list, unless it could be one of the
// stack's objects.
func TestUnmanagedObjectsCanBeInvalid(t *testing.T) {
	for member := range wrongMonitor() {
		for _, tags := range []string{`"tags":[]`, `"tags":null`, `"tags":["team:x"]`, `"tags":["ddmon_stack:other","ddmon_id:monitor.a"]`} {
			c, _ := start(t, respond(200, `[{"id":6,`+member+`,`+tags+`},{"id":7,`+ownTags+`,"name":"a"}]`))
			l, err := c.List(t.Context(), monitor, "shop")
			if err != nil || len(l.Owned) != 2 {
				t.Errorf("%s %s: %v", member, tags, err)
			}
			if _, err := c.Named(t.Context(), monitor, l, []string{"missing", "a"}); err != nil {
				t.Errorf("%s %s: %v", member, tags, err)
			}
		}
	}
	for _, member := range append(slices.Collect(maps.Keys(wrongDashboard())), `"description":7`, `"description":["text"]`, `"description":{"x":"ddmon_stack:other"}`) {
		c, _ := start(t, respond(200, `{"dashboards":[{"id":"abc-def-ghi",`+member+`}]}`))
		l, err := c.List(t.Context(), dashboard, "shop")
		if err != nil || len(l.Others) != 1 {
			t.Errorf("%s: %v", member, err)
		}
		if found, err := c.Named(t.Context(), dashboard, l, []string{"missing"}); err != nil || len(found) > 0 {
			t.Errorf("%s: %v, %v", member, found, err)
		}
	}
	// An object with the name of a missing object can be that object.
	c, _ := start(t, respond(200, `{"dashboards":[{"id":"abc-def-ghi","title":"Shop","description":7}]}`))
	l, err := c.List(t.Context(), dashboard, "shop")
	if err != nil {
		t.Fatal(err)
	}
	checkField(t, "named dashboard", errorOf(c.Named(t.Context(), dashboard, l, []string{"Shop"})), `"description" of dashboard abc-def-ghi is a number, not a string`)
	for n := range 2 {
		titles := append([]string{"Shop"}, strings.Fields(strings.Repeat("a b c d e f g h i ", n))...)
		c, _ = start(t, respond(200, `[{"id":7,"name":"Shop","tags":{}}]`))
		checkField(t, "named monitor", errorOf(c.Named(t.Context(), monitor, ddapi.Listing{}, titles)), `"tags" of monitor 7 is an object, not a list`)
	}
}

// TestUnknownFieldsAreAccepted: unknown fields, values and variants, and nulls.
func TestUnknownFieldsAreAccepted(t *testing.T) {
	for _, member := range []string{
		`"new":5`, `"options":{"new":[1,{}]}`, `"type":"new alert"`, `"options":null`, `"name":null`, `"message":null`, `"creator":null`, `"creator":{"name":null}`, `"creator":{"handle":7}`, `"matching_downtimes":{}`,
		`"multi":"yes"`, `"overall_state":7`, `"state":[]`,
		`"priority":null`, `"restricted_roles":null`, `"options":{"thresholds":{"critical":5.5,"new":"x"}}`, `"options":{"thresholds":null}`,
		`"options":{"silenced":{"*":null}}`, `"options":{"evaluation_delay":9.5}`, `"options":{"variables":[{"data_source":"new","query":7}]}`, `"query":null`,
	} {
		c, _ := start(t, respond(200, `{"id":7,`+ownTags+`,`+member+`}`))
		if _, err := c.Get(t.Context(), monitor, "7"); err != nil {
			t.Errorf("%s: %v", member, err)
		}
	}
	for _, member := range []string{
		`"widgets":[{"definition":{"type":"new","content":7,"requests":"x"}}]`, `"widgets":[{"new":{}}]`, `"layout_type":"new"`, `"description":null`,
		`"author_name":null`, `"notify_list":null`, `"template_variables":null`, `"widgets":[{"id":7,"layout":null,"definition":{"type":"note","content":null}}]`,
		`"template_variables":[{"name":"env","default":null,"defaults":["a"],"prefix":null}]`, `"widgets":null`,
	} {
		c, _ := start(t, respond(200, `{"id":"abc-def-ghi",`+member+`}`))
		if _, err := c.Get(t.Context(), dashboard, "abc-def-ghi"); err != nil {
			t.Errorf("%s: %v", member, err)
		}
	}
}

// TestRecordedObjects reads all recorded objects as objects of the stack.
func TestRecordedObjects(t *testing.T) {
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }))
	defer server.Close()
	c := newClient(t, ddapi.Config{Host: server.URL})
	count := map[string]int{}
	for _, r := range recordedObjects(t) {
		id := fmt.Sprint(r.body["id"])
		var err error
		if body, err = json.Marshal(r.body); err != nil {
			t.Fatal(err)
		}
		if _, err = c.Get(t.Context(), kind.Named(r.kind), id); err != nil {
			t.Errorf("%s: %v", r.file, err)
		}
		count[r.kind]++
	}
	if count["monitor"] < 200 || count["dashboard"] < 200 {
		t.Errorf("only %v objects", count)
	}
	t.Logf("%v", count)
}
