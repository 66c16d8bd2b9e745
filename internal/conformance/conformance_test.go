package conformance_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// TestKinds runs all conformance tests for each kind.
func TestKinds(t *testing.T) {
	for _, k := range kind.All() {
		t.Run(k.Name, func(t *testing.T) {
			t.Parallel()
			e := exampleOf(t, k.Name)
			for name, test := range map[string]func(*testing.T, *kind.Kind, example){
				"requests": testRequests, "plans": testPlans, "pages": testPages, "unknown fields": testUnknownFields,
				"lost response": testLostResponse, "duplicate": testDuplicate, "longest marker": testLongestMarker,
				"references": testReferences, "protection": testProtection, "drift": testDrift,
			} {
				t.Run(name, func(t *testing.T) { test(t, k, e) })
			}
		})
	}
}

// testRequests creates, lists, reads, updates and deletes an object with the client.
func testRequests(t *testing.T, k *kind.Kind, e example) {
	w := newEnvironment(t, "", nil)
	ctx := t.Context()
	mine := k.Marker.Write(e.body(k, "mine"), object.Marker{Stack: "shop", Slug: k.Name + ".mine"})
	if k.Validates {
		if err := w.client.Validate(ctx, k, "", mine); err != nil {
			t.Error(err)
		}
	}
	made, err := w.client.Create(ctx, k, mine, nil)
	if err != nil {
		t.Fatal(err)
	}
	other, err := w.client.Create(ctx, k, e.body(k, "other"), nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := w.client.List(ctx, k, "shop")
	if err != nil || len(l.Owned) != 1 || text(l.Owned[0]["id"]) != text(made["id"]) {
		t.Errorf("owned %v, created %v, %v", l.Owned, made["id"], err)
	}
	named, err := w.client.Named(ctx, k, l, []string{title("other"), title("mine"), title("none")})
	if err != nil || len(named) != 1 || text(named[0]["id"]) != text(other["id"]) {
		t.Errorf("named %v, want %v, %v", named, other["id"], err)
	}
	id := text(made["id"])
	if _, err := w.client.Update(ctx, k, id, e.changed(writable(k, made)), nil); err != nil {
		t.Error(err)
	}
	got, err := w.client.Get(ctx, k, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, edits, _ := plan.Compare(k, e.changed(mine), got, nil); len(edits) > 0 {
		t.Errorf("the updated object differs: %v", edits)
	}
	for range 2 { // deleting twice is not an error
		if err := w.client.Delete(ctx, k, id, nil); err != nil {
			t.Error(err)
		}
	}
	if _, err := w.client.Get(ctx, k, id); !ddapi.NotFound(err) {
		t.Errorf("get after delete: %v", err)
	}
	if l, err := w.client.List(ctx, k, "shop"); err != nil || len(l.Owned) != 0 {
		t.Errorf("list after delete: %v, %v", l.Owned, err)
	}
	if _, err := w.client.Create(ctx, k, map[string]any{}, nil); !isStatus(err, http.StatusBadRequest) {
		t.Errorf("create with an empty body: %v", err)
	}
	unauthorized, err := ddapi.New(ddapi.Config{APIKey: "invalid", AppKey: "invalid", Host: w.client.Base()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := unauthorized.List(ctx, k, "shop"); !isStatus(err, http.StatusForbidden) || !strings.Contains(err.Error(), k.Remote.ReadPermission) {
		t.Errorf("list with invalid keys: %v", err)
	}
}

func isStatus(err error, status int) bool {
	var apiErr *ddapi.APIError
	return errors.As(err, &apiErr) && apiErr.Status == status && len(apiErr.Messages) > 0
}

// testPlans plans and applies a create, an update and a delete.
func testPlans(t *testing.T, k *kind.Kind, e example) {
	w := newEnvironment(t, "", nil)
	w.apply(t, desired(k, "a", e.Example))
	id := w.one(t).ID
	w.apply(t, desired(k, "a", e.changed(e.Example)))
	if now := w.one(t).ID; now != id {
		t.Errorf("the update replaced %s by %s", id, now)
	}
	w.apply(t)
	if remaining := w.owned(t); len(remaining) > 0 {
		t.Errorf("%d objects remain", len(remaining))
	}
}

// testPages: a list with several pages contains each object once.
func testPages(t *testing.T, k *kind.Kind, e example) {
	const objects, pageSize = 60, 25
	w := newEnvironment(t, "", nil)
	var want []string
	for i := range objects {
		marker := object.Marker{Stack: "shop", Slug: fmt.Sprintf("%s.n%d", k.Name, i)}
		made, err := w.client.Create(t.Context(), k, k.Marker.Write(e.body(k, fmt.Sprint("n", i)), marker), nil)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, text(made["id"]))
	}
	small := *k
	small.Remote.List.Paging.Most = pageSize
	w.lists.Store(0)
	l, err := w.client.List(t.Context(), &small, "shop")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range l.Owned {
		got = append(got, text(o["id"]))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("listed %d objects, %d distinct ones, want %d", len(got), len(slices.Compact(slices.Clone(got))), len(want))
	}
	if n := w.lists.Load(); n < objects/pageSize+1 {
		t.Errorf("%d objects in %d pages of size %d", objects, n, pageSize)
	}
	checkFilters(t, w, &small, l)
}

// checkFilters checks that list filters reduce the number of pages.
func checkFilters(t *testing.T, w *environment, k *kind.Kind, l ddapi.Listing) {
	t.Helper()
	w.lists.Store(0)
	if other, err := w.client.List(t.Context(), k, "other"); err != nil || len(other.Owned) > 0 {
		t.Errorf("objects of another stack: %v, %v", other.Owned, err)
	}
	if n := w.lists.Load(); k.Remote.List.TagFilter != "" && n != 1 {
		t.Errorf("%d pages for a stack without objects", n)
	}
	w.lists.Store(0)
	l.Owned = nil
	named, err := w.client.Named(t.Context(), k, l, []string{title("n7")})
	if n := w.lists.Load(); k.Remote.List.NameFilter != "" && (err != nil || len(named) != 1 || n != 1) {
		t.Errorf("%d objects with the same name in %d pages, %v", len(named), n, err)
	}
}

// testLostResponse: if the response to a create is lost, the object is not created again.
func testLostResponse(t *testing.T, k *kind.Kind, e example) {
	w := newEnvironment(t, "POST "+k.Remote.Path+" 1 reset=after", nil)
	w.apply(t, desired(k, "a", e.Example))
	w.one(t)
}

// testDuplicate: two objects with the same address are an error, and neither is changed.
func testDuplicate(t *testing.T, k *kind.Kind, e example) {
	w := newEnvironment(t, "", nil)
	body := k.Marker.Write(e.body(k, "a"), object.Marker{Stack: "shop", Slug: k.Name + ".a"})
	if _, err := w.client.Create(t.Context(), k, body, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.Create(t.Context(), k, body, nil); (err != nil) != k.RejectsDuplicates {
		t.Errorf("an identical object: %v", err)
	}
	if k.RejectsDuplicates {
		body[k.Title] = title("b")
		if _, err := w.client.Create(t.Context(), k, body, nil); err != nil {
			t.Fatal(err)
		}
	}
	p, diags := w.plan(t, desired(k, "a", e.Example))
	if len(p.Changes) != 1 || p.Changes[0].Action != plan.Blocked || !hasCode(diags, plan.CodeDuplicates) {
		t.Errorf("%+v\n%v", p.Changes, diags)
	}
}

// testLongestMarker: names that make every part of the ownership marker as long as possible.
func testLongestMarker(t *testing.T, k *kind.Kind, e example) {
	const tagLimit = 200 // Datadog's limit, in characters
	w := newEnvironment(t, "", nil)
	w.stack = strings.Repeat("s", 300)
	want := desired(k, strings.Repeat("n", 300), e.Example)
	want.Address.Key, want.Address.Keyed = strings.Repeat("Kä", 100), true
	want.Lifecycle.PreventDestroy = true
	w.apply(t, want)
	live := w.one(t)
	m := live.Marker
	if m.Slug != want.Address.Slug() || m.Stack != object.StackSlug(w.stack) || m.Fingerprint == "" || !m.Protected || len(m.Slug) != 180 {
		t.Errorf("%+v", m)
	}
	m.Replaced = true // the longest marker
	raw, err := w.client.Get(t.Context(), k, live.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, bare := k.Marker.Read(writable(k, raw))
	if _, err := w.client.Update(t.Context(), k, live.ID, k.Marker.Write(bare, m), nil); err != nil {
		t.Fatal(err)
	}
	if got := w.one(t).Marker; got != m {
		t.Errorf("%+v, want %+v", got, m)
	}
	for _, tag := range m.Tags() {
		if !k.Marker.IsLine() && len([]rune(tag)) > tagLimit {
			t.Errorf("tag with %d characters: %s", len([]rune(tag)), tag)
		}
	}
}

// testProtection: an object with prevent_destroy stays protected after its block is removed. It is deleted only after
// prevent_destroy is removed.
func testProtection(t *testing.T, k *kind.Kind, e example) {
	w := newEnvironment(t, "", nil)
	want := desired(k, "a", e.Example)
	want.Lifecycle.PreventDestroy = true
	w.apply(t, want)
	if !w.one(t).Marker.Protected {
		t.Error("the object is not protected")
	}
	p, diags := w.plan(t)
	if !hasCode(diags, plan.CodeProtected) || slices.ContainsFunc(p.Changes, func(c plan.Change) bool { return c.Action == plan.Delete }) {
		t.Errorf("%+v\n%v", p.Changes, diags)
	}
	w.apply(t, desired(k, "a", e.Example))
	w.apply(t)
}

// testDrift: edits in Datadog are reported and reverted.
func testDrift(t *testing.T, k *kind.Kind, e example) {
	w := newEnvironment(t, "", nil)
	want := desired(k, "a", e.Example)
	w.apply(t, want)
	raw, err := w.client.Get(t.Context(), k, w.one(t).ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.Update(t.Context(), k, text(raw["id"]), e.changed(writable(k, raw)), nil); err != nil {
		t.Fatal(err)
	}
	p, diags := w.plan(t, want)
	if diags.HasErrors() || len(p.Changes) != 1 || p.Changes[0].Action != plan.Update || !p.Changes[0].EditedOutside {
		t.Fatalf("%+v\n%v", p.Changes, diags)
	}
	report := plan.Drift(p, nil)
	if len(report.Drifted) != 1 || report.Drifted[0].Class != plan.DriftEdited {
		t.Errorf("%+v", report.Drifted)
	}
	for _, path := range report.Drifted[0].Paths {
		if key, _, _ := strings.Cut(path, "["); e.Change[strings.Split(key, ".")[0]] == nil {
			t.Errorf("%s is reported, but was not edited", path)
		}
	}
	w.apply(t, want)
}
