package sandbox

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dashboardBody returns the body of a dashboard with some keys changed.
func dashboardBody(changes object) string {
	d := object{"title": "My Board", "layout_type": "ordered", "widgets": []any{}}
	for key, v := range changes {
		d[key] = v
	}
	return body(d)
}

func dashboardURL(d object) string { return "/api/v1/dashboard/" + stringField(d, "id") }

func TestCreateDashboard(t *testing.T) {
	s := newTestServer(t)
	sent := dashboardBody(object{"author_handle": "somebody", "id": "", "notify_list": []any{"b@x", "a@x"}})
	got := must(t, s, "POST", "/api/v1/dashboard", sent)
	if id := stringField(got, "id"); !regexp.MustCompile(`^[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3}$`).MatchString(id) {
		t.Errorf("id %q", id)
	}
	want := object{
		"id": got["id"], "title": "My Board", "layout_type": "ordered", "widgets": []any{}, "description": nil,
		"template_variables": nil, "notify_list": []any{"a@x", "b@x"}, "url": "/dashboard/" + stringField(got, "id") + "/my-board",
		"author_handle": userHandle, "author_name": userName,
		"created_at": "2026-01-02T03:04:05.250000+00:00", "modified_at": "2026-01-02T03:04:05.250000+00:00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(got, must(t, s, "GET", dashboardURL(got), "")); diff != "" {
		t.Errorf("a get differs:\n%s", diff)
	}
	if other := must(t, s, "POST", "/api/v1/dashboard", sent); other["id"] == got["id"] {
		t.Error("two dashboards have the same id")
	}
}

func TestWidgetsUnchanged(t *testing.T) {
	s := newTestServer(t)
	const widgets = `[{"definition":{"type":"note","content":"<a> & b","n":1.50,"big":12345678901234567890}},
		{"id":7,"definition":{"type":"group","layout_type":"ordered","widgets":[{"definition":{"type":"x"}},{"id":8,"definition":{"type":"y"}}]}}]`
	sent := `{"title":"t","layout_type":"ordered","widgets":` + widgets + `,"tabs":[{"id":"u","name":"T","widget_ids":["@2","@1",7]}]}`
	got := must(t, s, "POST", "/api/v1/dashboard", sent)
	list := objects(got["widgets"])
	group, _ := list[1]["definition"].(object)
	inner := objects(group["widgets"])
	for place, id := range map[string]any{"first": list[0]["id"], "inner": inner[0]["id"]} {
		if !regexp.MustCompile(`^\d{14,16}$`).MatchString(fmt.Sprint(id)) {
			t.Errorf("%s widget has id %v", place, id)
		}
	}
	if list[0]["id"] == inner[0]["id"] {
		t.Error("two widgets have the same id")
	}
	if fmt.Sprintf("%s %s", list[1]["id"], inner[1]["id"]) != "7 8" {
		t.Errorf("sent ids were not kept: %v", list)
	}
	tab := objects(got["tabs"])[0]
	if diff := cmp.Diff([]any{list[1]["id"], list[0]["id"], list[1]["id"]}, tab["widget_ids"]); diff != "" {
		t.Errorf("tab:\n%s", diff)
	}
	delete(list[0], "id")
	delete(inner[0], "id")
	if diff := cmp.Diff(decodeAny(t, []byte(widgets)), got["widgets"]); diff != "" {
		t.Errorf("(-sent +got):\n%s", diff)
	}
}

func TestUpdateDashboardReplaces(t *testing.T) {
	s := newTestServer(t)
	d := must(t, s, "POST", "/api/v1/dashboard", dashboardBody(object{"tags": []any{"team:a"}, "description": "d",
		"template_variables": []any{}, "notify_list": []any{"a@x"}, "restricted_roles": []any{"r"}}))
	got := must(t, s, "PUT", dashboardURL(d), dashboardBody(object{"title": "Other_Board"}))
	want := without(d, "tags", "restricted_roles")
	want["title"], want["description"], want["template_variables"], want["notify_list"] = "Other_Board", nil, nil, nil
	want["url"] = "/dashboard/" + stringField(d, "id") + "/otherboard"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDashboardErrors(t *testing.T) {
	variables := func(v string) string { return `{"template_variables":[{"name":"a","prefix":"a",` + v + `}]}` }
	presets := func(v string) string {
		return `{"template_variable_presets":[{"name":"p","template_variables":[{"name":"it's",` + v + `}]}]}`
	}
	cases := []struct{ name, sent, want string }{
		{"layout", `{"layout_type":""}`, "Value of parameter 'layout_type' should be any of these ['ordered', 'free']"},
		{"title", `{"title":null}`, "The parameter 'title' is required"},
		{"widgets", `{"widgets":null}`, "'widgets' should be array"},
		{"tag", `{"tags":["team:a","tm:b"]}`, "Invalid tag format. Valid tag keys are: team."},
		{"default and defaults", variables(`"default":"x","defaults":["x"]`), "'template_variables' is invalid"},
		{"empty default", variables(`"defaults":[""]`), "Minimum length of parameter 'defaults' should be 1"},
		{"value and values", presets(`"value":"*","values":["*",null,true]`), `'template_variables' value '{'name': 'it\'s', 'value': '*', 'values': ['*', None, True]}' is invalid`},
		{"no values", presets(`"values":[]`), "Minimum number of elements in parameter 'values' should be 1"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newTestServer(t)
			sent := dashboardBody(parse(t, []byte(c.sent)))
			for method, url := range map[string]string{"POST": "/api/v1/dashboard", "PUT": "/api/v1/dashboard/aaa-aaa-aaa"} {
				w := call(s, method, url, sent)
				if w.Code != http.StatusBadRequest || w.Body.String() != body(object{"errors": []any{c.want}}) {
					t.Errorf("%s: %d %s, want %q", method, w.Code, w.Body, c.want)
				}
			}
		})
	}
	w := call(newTestServer(t), "POST", "/api/v1/dashboard", dashboardBody(object{"is_read_only": false}))
	first := objects(parse(t, w.Body.Bytes())["errors"])[0]
	if w.Code != 400 || first["detail"] != readOnlyError || first["status"] != "HTTPStatus.BAD_REQUEST" {
		t.Errorf("is_read_only: %d %s", w.Code, w.Body)
	}
}

func TestDeleteAndRestoreDashboards(t *testing.T) {
	s := newTestServer(t)
	a := must(t, s, "POST", "/api/v1/dashboard", dashboardBody(object{"title": "a", "description": strings.Repeat("x", 5000)}))
	b := must(t, s, "POST", "/api/v1/dashboard", dashboardBody(object{"title": "b"}))
	refs := func(ids ...any) string {
		data := []any{}
		for _, id := range ids {
			data = append(data, object{"id": id, "type": "dashboard"})
		}
		return body(object{"data": data})
	}
	steps := []struct {
		method, url, sent string
		status            int
		live, deleted     int
	}{
		{"DELETE", "/api/v1/dashboard", refs(a["id"], "zzz-zzz-zzz"), 404, 2, 0},
		{"DELETE", "/api/v1/dashboard", refs(a["id"], b["id"]), 204, 0, 2},
		{"PATCH", "/api/v1/dashboard", refs(a["id"], "zzz-zzz-zzz"), 404, 0, 2},
		{"PATCH", "/api/v1/dashboard", refs(a["id"]), 204, 1, 1},
		{"PATCH", "/api/v1/dashboard", refs(a["id"]), 404, 1, 1},
		{"PATCH", "/api/v1/dashboard", `{}`, 400, 1, 1},
		{"DELETE", dashboardURL(b), "", 404, 1, 1},
		{"GET", dashboardURL(b), "", 404, 1, 1},
		{"PUT", dashboardURL(b), dashboardBody(nil), 404, 1, 1},
		{"DELETE", dashboardURL(a), "", 200, 0, 2},
		{"PATCH", "/api/v1/dashboard", refs(a["id"], b["id"]), 204, 2, 0},
	}
	for _, step := range steps {
		w := call(s, step.method, step.url, step.sent)
		if w.Code != step.status {
			t.Fatalf("%+v: %d %s", step, w.Code, w.Body)
		}
		live := objects(must(t, s, "GET", "/api/v1/dashboard?filter%5Bshared%5D=false", "")["dashboards"])
		deleted := objects(must(t, s, "GET", "/api/v1/dashboard?filter[deleted]=true", "")["dashboards"])
		if len(live) != step.live || len(deleted) != step.deleted {
			t.Errorf("%+v: %d live, %d deleted", step, len(live), len(deleted))
		}
		for _, d := range deleted {
			if d[deletedKey] == nil {
				t.Errorf("a deleted dashboard without %s: %v", deletedKey, d)
			}
		}
	}
	if diff := cmp.Diff(a, must(t, s, "GET", dashboardURL(a), "")); diff != "" {
		t.Errorf("the restored dashboard differs:\n%s", diff)
	}
	all := objects(must(t, s, "GET", "/api/v1/dashboard", "")["dashboards"])
	one := objects(must(t, s, "GET", "/api/v1/dashboard?count=1&start=1", "")["dashboards"])
	if diff := cmp.Diff(all[1:], one); diff != "" {
		t.Errorf("page:\n%s", diff)
	}
	if shared := must(t, s, "GET", "/api/v1/dashboard?filter[shared]=true", "")["dashboards"]; len(objects(shared)) != 0 {
		t.Errorf("shared: %v", shared)
	}
	for _, item := range all {
		if item["title"] == "a" && len(stringField(item, "description")) != 5000 {
			t.Error("a summary truncates the description")
		}
		for _, key := range []string{"widgets", "tags", "author_name"} {
			if _, shown := item[key]; shown {
				t.Errorf("a summary shows %s", key)
			}
		}
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"":                             "",
		"Mon, Oct 28, 2:45 pm":         "mon-oct-28-245-pm",
		"a_b - c":                      "ab---c",
		"Café":                         "caf",
		strings.Repeat("ab ", 40):      strings.TrimSuffix(strings.Repeat("ab-", 27)[:80], "-"),
		strings.Repeat("x", 79) + " y": strings.Repeat("x", 79),
	} {
		if got := slug(title); got != want {
			t.Errorf("slug(%q) = %q, want %q", title, got, want)
		}
	}
}

func TestUniqueIDs(t *testing.T) {
	boards, widgets := map[string]bool{}, map[int64]bool{}
	const n = 20_000
	for counter := range uint64(n) {
		boards[dashboardID(counter)] = true
		widgets[widgetID(counter)] = true
	}
	if len(boards) != n || len(widgets) != n {
		t.Errorf("%d dashboard ids and %d widget ids of %d", len(boards), len(widgets), n)
	}
}
