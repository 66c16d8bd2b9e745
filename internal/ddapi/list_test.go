package ddapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
)

// fakeMonitors responds to lists of monitors like Datadog. before runs before each request.
type fakeMonitors struct {
	ids     []int
	name    func(id int) string
	before  func(f *fakeMonitors, request int)
	most    int // the longest page; 0 for no limit
	mu      sync.Mutex
	queries []string
}

func (f *fakeMonitors) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	q := r.URL.Query()
	f.queries = append(f.queries, r.URL.RawQuery)
	if f.before != nil {
		f.before(f, len(f.queries))
	}
	after, _ := strconv.Atoi(q.Get("id_offset"))
	size, _ := strconv.Atoi(q.Get("page_size"))
	if f.most > 0 {
		size = min(size, f.most)
	}
	page := []any{}
	for _, id := range f.ids {
		name := "m" + itoa(id)
		if f.name != nil {
			name = f.name(id)
		}
		if id > after && len(page) < size && strings.Contains(name, q.Get("name")) {
			page = append(page, map[string]any{"id": id, "name": name})
		}
	}
	_ = json.NewEncoder(w).Encode(page)
}

func upTo(n int) []int {
	ids := make([]int, n)
	for i := range ids {
		ids[i] = i + 1
	}
	return ids
}

func idsOf(objects []map[string]any) []string {
	out := []string{}
	for _, o := range objects {
		out = append(out, fmt.Sprint(o["id"]))
	}
	return out
}

func TestListPages(t *testing.T) {
	for n, requests := range map[int]int{0: 1, 1: 1, 9: 1, 10: 2, 999: 2, 1000: 2, 1001: 2, 2000: 3, 2009: 3, 2499: 4, 2500: 4} {
		f := &fakeMonitors{ids: upTo(n)}
		c, _ := start(t, f.ServeHTTP)
		l, err := c.List(t.Context(), monitor, "shop")
		if err != nil || len(l.Owned) != n || c.Requests() != requests || len(l.Others) != 0 {
			t.Errorf("%d monitors: got %d by %d requests, %v", n, len(l.Owned), c.Requests(), err)
		}
		if f.queries[0] != "id_offset=0&monitor_tags=ddmon_stack%3Ashop&page_size=1000" {
			t.Errorf("query %q", f.queries[0])
		}
	}
}

// TestListWithShortPages: Datadog or a proxy can lower the length of the pages, to any number.
func TestListWithShortPages(t *testing.T) {
	for _, most := range []int{10, 11, 19, 20, 21, 50, 77, 100, 179, 180, 200, 500, 999} {
		for _, n := range []int{180, 1230} {
			f := &fakeMonitors{ids: upTo(n), most: most}
			c, _ := start(t, f.ServeHTTP)
			l, err := c.List(t.Context(), monitor, "shop")
			if err != nil || !slices.Equal(idsOf(l.Owned), idsOf(asObjects(f.ids))) {
				t.Errorf("%d monitors, pages of %d: got %d, %v", n, most, len(l.Owned), err)
			}
			d := &fakeDashboards{ids: dashboardIDs(n), limit: most, describe: describe}
			c, _ = start(t, d.ServeHTTP)
			if l, err := c.List(t.Context(), dashboard, "shop"); err != nil || len(l.Owned)+len(l.Others) != n {
				t.Errorf("%d dashboards, pages of %d: got %d and %d, %v", n, most, len(l.Owned), len(l.Others), err)
			}
		}
	}
}

// TestListWithRepeatedObjects: an object that a list contains twice, on one page or on several, is one object.
func TestListWithRepeatedObjects(t *testing.T) {
	repeat := func(ids []int) (out []int) {
		for _, id := range ids {
			out = append(out, id, id)
		}
		return out
	}
	f := &fakeMonitors{ids: append(repeat(upTo(600)), 600, 1, 2, 601)}
	c, _ := start(t, f.ServeHTTP)
	if l, err := c.List(t.Context(), monitor, "shop"); err != nil || !slices.Equal(idsOf(l.Owned), idsOf(asObjects(upTo(601)))) {
		t.Errorf("monitors: got %v, %v", idsOf(l.Owned), err)
	}
	for _, k := range []*kind.Kind{dashboard, enveloped(kind.Data)} {
		c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
			if id := path.Base(r.URL.Path); strings.HasSuffix(id, "-b-c") {
				fmt.Fprintf(w, `{"id":%q,"data":{"id":%q}}`, id, id)
				return
			}
			fmt.Fprintf(w, `{%q:[{"id":"a-b-c"},{"id":"d-b-c"},{"id":"a-b-c"}]}`, k.Remote.List.Key)
		})
		if l, err := c.List(t.Context(), k, "shop"); err != nil || !slices.Equal(idsOf(l.Others), []string{"a-b-c", "d-b-c"}) {
			t.Errorf("%s: got %v, %v", k.Name, idsOf(l.Others), err)
		}
	}
}

func TestListDuringDeletion(t *testing.T) {
	f := &fakeMonitors{ids: upTo(1500)}
	f.before = func(f *fakeMonitors, request int) {
		if request == 2 {
			f.ids = f.ids[200:] // objects of a page that was already read
		}
	}
	c, _ := start(t, f.ServeHTTP)
	l, err := c.List(t.Context(), monitor, "shop")
	if err != nil || !slices.Equal(idsOf(l.Owned), idsOf(asObjects(upTo(1500)))) {
		t.Errorf("got %d, %v", len(l.Owned), err)
	}
}

func asObjects(ids []int) []map[string]any {
	var out []map[string]any
	for _, id := range ids {
		out = append(out, map[string]any{"id": id})
	}
	return out
}

func TestListWithoutPaging(t *testing.T) {
	f := &fakeMonitors{ids: upTo(1000)}
	c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
		r.URL.RawQuery = "id_offset=0&page_size=1000"
		f.ServeHTTP(w, r)
	})
	_, err := c.List(t.Context(), monitor, "shop")
	if err == nil || !strings.Contains(err.Error(), "the first page for every page") || c.Requests() != 2 {
		t.Errorf("%v", err)
	}
}

func TestNamed(t *testing.T) {
	f := &fakeMonitors{ids: upTo(30), name: func(id int) string {
		return []string{"queue depth ", "queue depth over 50", "other"}[id%3]
	}}
	c, _ := start(t, f.ServeHTTP)
	l := ddapi.Listing{Owned: []map[string]any{{"id": json.Number("3"), "name": "queue depth"}}}
	got, err := c.Named(t.Context(), monitor, l, []string{"queue depth", "queue depth", "missing"})
	want := []string{"6", "9", "12", "15", "18", "21", "24", "27", "30"}
	if err != nil || !slices.Equal(idsOf(got), want) || c.Requests() != 3 {
		t.Errorf("got %v by %d requests, %v", idsOf(got), c.Requests(), err)
	}
	if got, err := c.Named(t.Context(), monitor, l, nil); len(got) != 0 || err != nil || c.Requests() != 3 {
		t.Errorf("no titles: %v, %v, %d requests", got, err, c.Requests())
	}
}

func TestNamedReadsOneList(t *testing.T) {
	f := &fakeMonitors{ids: upTo(1200)}
	c, _ := start(t, f.ServeHTTP)
	titles := []string{"m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m1100"}
	got, err := c.Named(t.Context(), monitor, ddapi.Listing{}, titles)
	want := []string{"1", "2", "3", "4", "5", "6", "7", "8", "1100"}
	if err != nil || !slices.Equal(idsOf(got), want) || c.Requests() != 3 {
		t.Errorf("got %v by %d requests, %v", idsOf(got), c.Requests(), err)
	}
}

// fakeDashboards responds to gets and to lists of dashboards, with a limited number of pages.
type fakeDashboards struct {
	ids      []string
	limit    int
	describe func(id string) any
	before   func(f *fakeDashboards, list int)
	mu       sync.Mutex
	lists    int
	missing  string
}

func (f *fakeDashboards) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if id, ok := strings.CutPrefix(r.URL.Path, "/api/v1/dashboard/"); ok {
		if id == f.missing {
			respond(404, `{"errors":["Dashboard with ID x not found"]}`)(w, r)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"id": id, "title": id, "widgets": []any{}})
		return
	}
	f.lists++
	if f.before != nil {
		f.before(f, f.lists)
	}
	start, _ := strconv.Atoi(r.URL.Query().Get("start"))
	count, _ := strconv.Atoi(r.URL.Query().Get("count"))
	page := []any{}
	for _, id := range f.ids[min(start, len(f.ids)):min(start+min(count, f.limit), len(f.ids))] {
		page = append(page, map[string]any{"id": id, "title": id, "description": f.describe(id)})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"total": len(f.ids), "dashboards": page})
}

// dashboardIDs returns n ids. Every hundredth dashboard belongs to the stack.
func dashboardIDs(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("aaa-bbb-%04d", i)
	}
	return ids
}

func describe(id string) any {
	switch {
	case strings.HasSuffix(id, "00"):
		return "Mine\n\nManaged by ddmon, edits here will be overwritten: ddmon_stack:shop ddmon_id:dashboard.d" + id
	case strings.HasSuffix(id, "01"):
		return "ddmon_stack:shop2 ddmon_id:dashboard.x"
	case strings.HasSuffix(id, "02"):
		return nil
	}
	return "somebody else's"
}

func TestListSummaries(t *testing.T) {
	for _, tt := range []struct{ n, limit, lists int }{
		{0, 1000, 1}, {1, 1000, 1}, {9, 1000, 1}, {333, 1000, 2}, {300, 1000, 2}, {1000, 1000, 2}, {2345, 1000, 4}, {333, 100, 5},
	} {
		f := &fakeDashboards{ids: dashboardIDs(tt.n), limit: tt.limit, describe: describe}
		c, _ := start(t, f.ServeHTTP)
		l, err := c.List(t.Context(), dashboard, "shop")
		var mine []string
		for _, id := range f.ids {
			if strings.HasSuffix(id, "00") {
				mine = append(mine, id)
			}
		}
		if err != nil || !slices.Equal(idsOf(l.Owned), append([]string{}, mine...)) || len(l.Others) != tt.n-len(mine) {
			t.Errorf("%+v: %d owned, %d others, %v", tt, len(l.Owned), len(l.Others), err)
		}
		if f.lists != tt.lists || c.Requests() != tt.lists+len(mine) {
			t.Errorf("%+v: %d lists, %d requests", tt, f.lists, c.Requests())
		}
		for _, o := range l.Owned {
			if o["widgets"] == nil {
				t.Errorf("%v is a summary", o["id"])
			}
		}
	}
}

func TestListSummariesDuringDeletion(t *testing.T) {
	f := &fakeDashboards{ids: dashboardIDs(1500), limit: 1000, describe: describe}
	f.before = func(f *fakeDashboards, list int) {
		if list == 2 {
			f.ids = f.ids[15:]
		}
	}
	c, _ := start(t, f.ServeHTTP)
	l, err := c.List(t.Context(), dashboard, "shop")
	if err != nil || len(l.Owned)+len(l.Others) != 1500 {
		t.Errorf("%d owned, %d others, %v", len(l.Owned), len(l.Others), err)
	}
}

func TestListOmitsDeletedObjects(t *testing.T) {
	f := &fakeDashboards{ids: dashboardIDs(201), limit: 1000, describe: describe, missing: "aaa-bbb-0100"}
	c, _ := start(t, f.ServeHTTP)
	l, err := c.List(t.Context(), dashboard, "shop")
	if err != nil || !slices.Equal(idsOf(l.Owned), []string{"aaa-bbb-0000", "aaa-bbb-0200"}) {
		t.Errorf("%v, %v", idsOf(l.Owned), err)
	}
}

func TestNamedUsesSummaries(t *testing.T) {
	c, _ := start(t, respond(500, ""))
	l := ddapi.Listing{
		Owned:  []map[string]any{{"id": "a", "title": "T"}},
		Others: []map[string]any{{"id": "b", "title": "T "}, {"id": "c", "title": "U"}, {"id": "d", "title": nil}},
	}
	got, err := c.Named(t.Context(), dashboard, l, []string{"T"})
	if err != nil || !slices.Equal(idsOf(got), []string{"b"}) || c.Requests() != 0 || len(l.Others) != 3 {
		t.Errorf("%v, %v", got, err)
	}
}

func BenchmarkList(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(itoa(n), func(b *testing.B) {
			pages := monitorPages(n)
			c, _ := benchClient(b, pages)
			b.ReportAllocs()
			for b.Loop() {
				l, err := c.List(b.Context(), monitor, "shop")
				if err != nil || len(l.Owned) != n {
					b.Fatal(len(l.Owned), err)
				}
			}
		})
	}
}
