package ddapi_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// enveloped returns a kind with an envelope, whose list cannot be filtered and is paged by offset, and whose deleted
// objects are still listed.
func enveloped(e kind.Envelope) *kind.Kind {
	return &kind.Kind{
		Name: "downtime", Plural: "downtimes", Title: "name", Body: dashboard.Body, Marker: dashboard.Marker,
		Remote: kind.Remote{
			Path: "/api/v2/downtime", Envelope: e, DataType: "downtime", Patch: true, DeletedSilently: true,
			ID: kind.ID{Pattern: regexp.MustCompile(`^[a-z0-9-]+$`)},
			List: kind.Listing{
				Key: "data", Paging: kind.Paging{From: "page[offset]", Size: "page[limit]", Most: 100},
			},
			ReadPermission: "monitors_downtime", WritePermission: "monitors_downtime",
			Gone: kind.Condition{Field: "status", Values: []string{"canceled", "ended"}},
		},
	}
}

// TestEnvelopes: the client wraps objects in requests and unwraps them in responses.
func TestEnvelopes(t *testing.T) {
	for _, tt := range []struct {
		envelope             kind.Envelope
		answer, sent, update string
	}{
		{kind.Bare, `{"id":"a","title":"T"}`, `{"title":"T"}`, `{"title":"T"}`},
		{kind.Data, `{"data":{"id":"a","title":"T"},"errors":[]}`, `{"title":"T"}`, `{"title":"T"}`},
		{kind.Data, `{"data":[{"id":"a","title":"T"}],"error":null}`, `{"title":"T"}`, `{"title":"T"}`},
		{
			kind.JSONAPI, `{"data":{"id":"a","type":"downtime","attributes":{"title":"T"},"relationships":{}},"included":[]}`,
			`{"data":{"attributes":{"title":"T"},"type":"downtime"}}`, `{"data":{"attributes":{"title":"T"},"id":"a","type":"downtime"}}`,
		},
	} {
		var requests []string
		c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
			raw, _ := io.ReadAll(r.Body)
			requests = append(requests, r.Method+" "+r.URL.Path+" "+string(raw))
			if r.Method == http.MethodDelete {
				w.WriteHeader(http.StatusNoContent)
				return
			}
			fmt.Fprint(w, tt.answer)
		})
		k := enveloped(tt.envelope)
		body, want := map[string]any{"title": "T"}, map[string]any{"id": "a", "title": "T"}
		created, err1 := c.Create(t.Context(), k, body, nil)
		updated, err2 := c.Update(t.Context(), k, "a", body, nil)
		read, err3 := c.Get(t.Context(), k, "a")
		err4 := c.Delete(t.Context(), k, "a", nil)
		for i, got := range []map[string]any{created, updated, read} {
			if !object.Equal(got, want) {
				t.Errorf("%s: response %d is decoded as %v", tt.answer, i, got)
			}
		}
		for _, err := range []error{err1, err2, err3, err4} {
			if err != nil {
				t.Errorf("%s: %v", tt.answer, err)
			}
		}
		sent := []string{"POST /api/v2/downtime " + tt.sent, "PATCH /api/v2/downtime/a " + tt.update, "GET /api/v2/downtime/a ", "DELETE /api/v2/downtime/a "}
		if !slices.Equal(requests, sent) {
			t.Errorf("%s: requests %q, want %q", tt.answer, requests, sent)
		}
	}
}

func TestInvalidEnvelopes(t *testing.T) {
	for answered, e := range map[string]kind.Envelope{
		`{}`: kind.Data, `{"data":[]}`: kind.Data, `{"data":[{"id":"a"},{"id":"b"}]}`: kind.Data, `{"data":["a"]}`: kind.Data,
		`{"data":"a"}`: kind.Data, `{"data":null}`: kind.Data, `{"id":"a"}`: kind.JSONAPI, `{"data":{"id":"a"}}`: kind.JSONAPI,
		`{"data":{"attributes":{}}}`: kind.JSONAPI, `{"data":{"id":"a","attributes":[]}}`: kind.JSONAPI,
		`{"data":{"id":"b","attributes":{}}}`: kind.JSONAPI, `{"data":{"id":7,"attributes":{}}}`: kind.JSONAPI,
	} {
		c, _ := start(t, respond(200, answered))
		if o, err := c.Get(t.Context(), enveloped(e), "a"); err == nil || !strings.Contains(err.Error(), "unexpected format") {
			t.Errorf("%s: %v, %v", answered, o, err)
		}
	}
	c, _ := start(t, respond(200, `<html>welcome to the hotel</html>`))
	if err := c.Delete(t.Context(), enveloped(kind.JSONAPI), "a", nil); err == nil {
		t.Error("a web page of a proxy counts as a deletion")
	}
}

// TestCanceledObjects: a canceled object does not exist, even if lists and gets still return it.
func TestCanceledObjects(t *testing.T) {
	k := enveloped(kind.JSONAPI)
	mine := "Managed by ddmon, edits here will be overwritten: ddmon_stack:shop ddmon_id:downtime.x"
	item := func(i int) map[string]any {
		status, description := "active", ""
		switch i % 3 {
		case 1:
			status, description = "canceled", mine
		case 2:
			description = mine
		}
		return map[string]any{"id": "d-" + itoa(i), "type": "downtime", "attributes": map[string]any{"status": status, "description": description, "title": "T"}}
	}
	const count = 250
	var lists []url.Values
	c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
		if id, ok := strings.CutPrefix(r.URL.Path, k.Remote.Path+"/d-"); ok {
			n, _ := strconv.Atoi(id)
			_ = json.NewEncoder(w).Encode(map[string]any{"data": item(n)})
			return
		}
		q := r.URL.Query()
		lists = append(lists, q)
		from, _ := strconv.Atoi(q.Get("page[offset]"))
		size, _ := strconv.Atoi(q.Get("page[limit]"))
		page := []any{}
		for i := from; i < min(from+min(size, 30), count); i++ { // the server has its own limit
			page = append(page, item(i))
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"data": page, "meta": map[string]any{}})
	})
	l, err := c.List(t.Context(), k, "shop")
	if err != nil || len(l.Owned) != 83 || len(l.Others) != 84 {
		t.Errorf("%d owned, %d others, %v", len(l.Owned), len(l.Others), err)
	}
	if len(lists) < 10 {
		t.Errorf("%d lists", len(lists))
	}
	if _, err := c.Get(t.Context(), k, "d-1"); !ddapi.NotFound(err) {
		t.Errorf("a canceled object: %v", err)
	}
	if _, err := c.Get(t.Context(), k, "d-2"); err != nil {
		t.Errorf("an active object: %v", err)
	}
	if found, err := c.Find(t.Context(), k, object.Marker{Stack: "shop", Slug: "downtime.x"}); err != nil || len(found) != 83 {
		t.Errorf("%d found, %v", len(found), err)
	}
}
