package ddapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/kind"
)

func TestCanDelete(t *testing.T) {
	c, _ := start(t, openSandbox(t, "").ServeHTTP)
	k := kind.Named("monitor")
	var ids []string
	for i := range 3 {
		made, err := c.Create(t.Context(), k, exampleOf(k, "m"+itoa(i)), nil)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, fmt.Sprint(made["id"]))
	}
	blocked, err := c.CanDelete(t.Context(), k, ids)
	if err != nil || len(blocked) != 0 || c.Requests() != 4 {
		t.Errorf("%v, %v, %d requests", blocked, err, c.Requests())
	}
	_, err = c.Create(t.Context(), k, map[string]any{
		"name": "both\u0007", "type": "composite", "query": ids[0] + " && " + ids[1], "message": "m",
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range [][]string{nil, {"1"}, {"1", "2", "3"}} {
		blocked, err = c.CanDelete(t.Context(), k, append(slices.Clone(gone), ids...))
		if err != nil || len(blocked) != 2 || len(blocked[ids[0]]) != 1 || len(blocked[ids[1]]) != 1 {
			t.Errorf("%v gone: %v, %v", gone, blocked, err)
		}
		for _, texts := range blocked {
			checkText(t, texts[0])
			if !strings.Contains(texts[0], "is referenced in composite monitors") {
				t.Errorf("%q", texts)
			}
		}
	}
}

func TestCanDeleteBatches(t *testing.T) {
	asked := 0
	c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
		ids := strings.Split(r.URL.Query().Get("monitor_ids"), ",")
		asked += len(ids)
		if len(r.URL.String()) > 2000 {
			t.Errorf("the URL has %d characters", len(r.URL.String()))
		}
		respond(409, `{"errors":{"`+ids[0]+`":["a","b"]},"data":{"ok":[]}}`)(w, r)
	})
	var ids []string
	for _, id := range upTo(250) {
		ids = append(ids, itoa(id+100000000))
	}
	blocked, err := c.CanDelete(t.Context(), kind.Named("monitor"), ids)
	if err != nil || asked != 250 || c.Requests() != 3 || len(blocked) != 3 || !slices.Equal(blocked[ids[200]], []string{"a", "b"}) {
		t.Errorf("%v, %v, %d ids by %d requests", blocked, err, asked, c.Requests())
	}
}

func TestCanDeleteFails(t *testing.T) {
	for _, h := range []http.HandlerFunc{
		respond(403, `{"errors":["Forbidden"]}`), respond(400, "<html>"), respond(409, "<html>"), respond(409, `{"errors":["x"]}`),
		respond(200, ""), reset,
	} {
		c, _ := start(t, h)
		if blocked, err := c.CanDelete(t.Context(), kind.Named("monitor"), []string{"1", "2"}); err == nil {
			t.Errorf("%v", blocked)
		}
	}
	c, _ := start(t, reset)
	if blocked, err := c.CanDelete(t.Context(), kind.Named("dashboard"), []string{"a"}); err != nil || blocked != nil || c.Requests() != 0 {
		t.Errorf("dashboards: %v, %v", blocked, err)
	}
}
