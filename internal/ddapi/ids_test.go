package ddapi_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// textIDs is a kind whose ids can be almost any string.
func textIDs() *kind.Kind {
	id := kind.ID{Pattern: regexp.MustCompile(`^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$`)}
	return &kind.Kind{Name: "slo", Plural: "slos", Remote: kind.Remote{Path: "/api/v1/slo", ID: id}}
}

// TestInvalidIDsAreNotRequested: a saved plan, an address or a response can contain an invalid id. The client makes no
// request with it.
func TestInvalidIDsAreNotRequested(t *testing.T) {
	slo := textIDs()
	anywhere := []string{"", " ", ".", "..", "../../v2/users", "a/b?x", "a/b", "a?b", "a#b", "a%2fb", "a\\b", "a b", "7 ", "\n7", "ä", "7\x00",
		"-a", "a-", "_", strings.Repeat("a", 10_000), strings.Repeat("1", 100), "validate/..", "{id}", "a:b", "a,b", "a;b", "a+b", "*"}
	for k, more := range map[*kind.Kind][]string{
		monitor:   {"0", "-7", "+7", "007", "7.0", "7e3", "0x7", "٧", "9223372036854775808", "validate", "can_delete", "search", "1,2"},
		dashboard: {"ABC-DEF-GHI", "a_b", "a--b"},
		slo:       {"a__b"},
	} {
		for _, id := range append(anywhere, more...) {
			c, _ := start(t, respond(200, `{}`))
			errs := map[string]error{
				"get": errorOf(c.Get(t.Context(), k, id)), "update": errorOf(c.Update(t.Context(), k, id, nil, nil)),
				"delete": c.Delete(t.Context(), k, id, nil),
			}
			if id != "" {
				errs["validate"] = c.Validate(t.Context(), k, id, nil)
			}
			if k == monitor {
				errs["can delete"] = errorOf(c.CanDelete(t.Context(), k, []string{"7", id}))
			}
			for what, err := range errs {
				if err == nil || !strings.Contains(err.Error(), "is not a valid "+k.Name+" id") {
					t.Errorf("%s %s %.50q: %v", what, k.Name, id, err)
					continue
				}
				if len(err.Error()) > 12_000 || strings.ContainsAny(err.Error(), "\n\x00") {
					t.Errorf("%s %s: %q", what, k.Name, err.Error())
				}
			}
			if n := c.Requests(); n != 0 {
				t.Errorf("%s %.50q: %d requests", k.Name, id, n)
			}
		}
	}
}

func TestValidIDs(t *testing.T) {
	slo := textIDs()
	for k, ids := range map[*kind.Kind][]string{
		monitor:   {"1", "7", "100000001", "9223372036854775807"},
		dashboard: {"abc-def-ghi", "2er-mww-6yj", "123-456-789", "abc"},
		slo:       {"e882156116eb52f787673821da28cb48", "5e3b7a4e-7c2f-11ee-b962-0242ac120002", "5E3B7A4E-7C2F-11EE-B962-0242AC120002", "12345", "a_b"},
	} {
		for _, id := range ids {
			var path string
			c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
				path = r.URL.EscapedPath()
				fmt.Fprint(w, `{}`)
			})
			if err := c.Delete(t.Context(), k, id, nil); err != nil || path != k.Remote.Path+"/"+id {
				t.Errorf("%s %s: %v, %s", k.Name, id, err, path)
			}
		}
	}
}

// TestExistsWithInvalidID: without a request, because no object can have an invalid id.
func TestExistsWithInvalidID(t *testing.T) {
	c, _ := start(t, respond(200, `{"id":7}`))
	for _, name := range []string{"monitor", "dashboard"} {
		if there, err := c.Exists(t.Context(), name, "../../v2/users"); there || err != nil || c.Requests() != 0 {
			t.Errorf("%s: %v, %v, %d requests", name, there, err, c.Requests())
		}
	}
	for _, metric := range []string{"", ".", "..", "..."} {
		if _, ok, err := c.MetricTags(t.Context(), metric); ok || err != nil || c.Requests() != 0 {
			t.Errorf("%q: %v, %v, %d requests", metric, ok, err, c.Requests())
		}
	}
}

// TestUnmanagedDashboardsWithoutID: a list omits unmanaged dashboards without a valid id, does not request them, and
// does not end early.
func TestUnmanagedDashboardsWithoutID(t *testing.T) {
	var mu sync.Mutex
	var gets []string
	const count, bad = 2500, 1400
	c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
		if id, ok := strings.CutPrefix(r.URL.Path, "/api/v1/dashboard/"); ok {
			mu.Lock()
			defer mu.Unlock()
			gets = append(gets, id)
			fmt.Fprintf(w, `{"id":%q,"title":"t","description":%q}`, id, describe(id))
			return
		}
		f := &fakeDashboards{limit: 1000, describe: describe}
		for i := range count {
			f.ids = append(f.ids, fmt.Sprintf("aaa-bbb-%04d", i))
			if i < bad && i%100 != 0 {
				f.ids[i] = fmt.Sprintf("../../v2/users?%d", i)
			}
		}
		f.ServeHTTP(w, r)
	})
	l, err := c.List(t.Context(), dashboard, "shop")
	if err != nil || len(l.Owned) != 25 || len(l.Others) != count-bad+14-25 {
		t.Errorf("%d owned, %d others, %v", len(l.Owned), len(l.Others), err)
	}
	if _, err := c.Find(t.Context(), &kind.Kind{Name: "dashboard", Remote: dashboard.Remote, Marker: dashboard.Marker},
		object.Marker{Stack: "shop", Slug: "dashboard.x"}); err != nil {
		t.Error(err)
	}
	for _, id := range gets {
		if strings.ContainsAny(id, "./?") {
			t.Errorf("requested %q", id)
		}
	}
}
