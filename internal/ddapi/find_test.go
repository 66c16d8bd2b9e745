package ddapi_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/sandbox"
)

// openSandbox opens an empty sandbox with a fault script.
func openSandbox(t *testing.T, script string) *sandbox.Server {
	t.Helper()
	faults, err := sandbox.ParseFaults([]byte(script))
	if err != nil {
		t.Fatal(err)
	}
	server, err := sandbox.Open("", sandbox.Options{
		Now:    func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
		Sleep:  (&waits{}).sleep,
		Faults: faults,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server
}

// mark creates an object with a marker and returns its id.
func mark(t *testing.T, c *ddapi.Client, k *kind.Kind, title string, m object.Marker) string {
	t.Helper()
	made, err := c.Create(t.Context(), k, k.Marker.Write(exampleOf(k, title), m), nil)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(made["id"])
}

func TestFind(t *testing.T) {
	c, _ := start(t, openSandbox(t, "").ServeHTTP)
	for _, k := range kind.All() {
		mine := object.Marker{Stack: "shop", Slug: k.Name + ".a:b/2c"}
		want := []string{
			mark(t, c, k, "one", mine),
			mark(t, c, k, "two", object.Marker{Stack: mine.Stack, Slug: mine.Slug, Fingerprint: "1-2", Protected: true}),
		}
		mark(t, c, k, "other stack", object.Marker{Stack: "shop2", Slug: mine.Slug})
		mark(t, c, k, "other slug", object.Marker{Stack: "shop", Slug: mine.Slug + "x"})
		got, err := c.Find(t.Context(), k, mine)
		slices.Sort(want)
		if ids := idsOf(got); err != nil || !slices.Equal(slices.Sorted(slices.Values(ids)), want) {
			t.Errorf("%s: found %v, want %v, %v", k.Name, ids, want, err)
		}
		for _, o := range got {
			if o["widgets"] == nil && o["query"] == nil && o["schedule"] == nil {
				t.Errorf("%v is not complete", o)
			}
		}
		if got, err := c.Find(t.Context(), k, object.Marker{Stack: "shop", Slug: "none"}); len(got) != 0 || err != nil {
			t.Errorf("%v, %v", got, err)
		}
	}
}

func TestFindRetries(t *testing.T) {
	k := kind.Named("monitor")
	var query string
	c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
		query = r.URL.Query().Get("monitor_tags")
		respond(200, `[{"id":1,"tags":["ddmon_stack:shop","ddmon_id:monitor.b"]},{"id":2,"tags":["ddmon_stack:s","ddmon_id:monitor.a"]},
			{"id":3,"tags":["ddmon_id:monitor.b","ddmon_stack:shop","ddmon_id:monitor.a"]},{"id":4,"tags":["ddmon_stack:shop","ddmon_id:monitor.a"]}]`)(w, r)
	})
	got, err := c.Find(t.Context(), k, object.Marker{Stack: "shop", Slug: "monitor.a"})
	if err != nil || !slices.Equal(idsOf(got), []string{"3", "4"}) || query != "ddmon_stack:shop,ddmon_id:monitor.a" {
		t.Errorf("%v for %q, %v", idsOf(got), query, err)
	}
}

// TestFindSharesLists finds many dashboards concurrently with a slow list.
func TestFindSharesLists(t *testing.T) {
	k := kind.Named("dashboard")
	box := openSandbox(t, "")
	synctest.Test(t, func(t *testing.T) {
		lists := 0 // needs no lock: reads are sequential
		c := newClient(t, ddapi.Config{Host: "x.invalid", HTTPClient: &http.Client{
			Transport: roundTripFunc(func(r *http.Request) (*http.Response, error) {
				if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/dashboard") {
					lists++
					time.Sleep(time.Second)
				}
				w := httptest.NewRecorder()
				box.ServeHTTP(w, r)
				return w.Result(), nil
			}),
		}})
		var all sync.WaitGroup
		for i := range 20 {
			m := object.Marker{Stack: "shop", Slug: "dashboard.d" + itoa(i)}
			id := mark(t, c, k, "d", m)
			all.Go(func() {
				got, err := c.Find(t.Context(), k, m)
				if err != nil || !slices.Equal(idsOf(got), []string{id}) {
					t.Errorf("%d: %v, want %s, %v", i, idsOf(got), id, err)
				}
			})
		}
		all.Wait()
		if lists > 4 { // two, of two pages each
			t.Errorf("%d lists", lists)
		}
	})
}

func TestLookup(t *testing.T) {
	c, _ := start(t, respondInOrder(
		respond(200, `{"id":7}`), respond(404, `{"errors":["Monitor not found"]}`), respond(404, "<html>"), respond(200, `{"id":8}`),
	))
	for i, want := range []struct{ ok, fails bool }{{true, false}, {false, false}, {false, true}, {false, true}} {
		o, ok, err := c.Lookup(t.Context(), monitor, "7")
		if ok != want.ok || (err != nil) != want.fails || (o != nil) != want.ok {
			t.Errorf("%d: %v, %v, %v", i, o, ok, err)
		}
	}
}
