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
	held, err := c.CanDelete(t.Context(), k, ids)
	if err != nil || len(held) != 0 || c.Requests() != 4 {
		t.Errorf("%v, %v, %d requests", held, err, c.Requests())
	}
	_, err = c.Create(t.Context(), k, map[string]any{
		"name": "both\u0007", "type": "composite", "query": ids[0] + " && " + ids[1], "message": "m",
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range [][]string{nil, {"1"}, {"1", "2", "3"}} {
		held, err = c.CanDelete(t.Context(), k, append(slices.Clone(gone), ids...))
		if err != nil || len(held) != 2 || len(held[ids[0]]) != 1 || len(held[ids[1]]) != 1 {
			t.Errorf("%v gone: %v, %v", gone, held, err)
		}
		for _, texts := range held {
			checkText(t, texts[0])
			if !strings.Contains(texts[0], "is referenced in composite monitors") {
				t.Errorf("%q", texts)
			}
		}
	}
}

func TestCanDeleteAsksInBatches(t *testing.T) {
	asked := 0
	c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
		ids := strings.Split(r.URL.Query().Get("monitor_ids"), ",")
		asked += len(ids)
		if len(r.URL.String()) > 2000 {
			t.Errorf("the URL has %d characters", len(r.URL.String()))
		}
		answer(409, `{"errors":{"`+ids[0]+`":["a","b"]},"data":{"ok":[]}}`)(w, r)
	})
	var ids []string
	for _, id := range upTo(250) {
		ids = append(ids, itoa(id+100000000))
	}
	held, err := c.CanDelete(t.Context(), kind.Named("monitor"), ids)
	if err != nil || asked != 250 || c.Requests() != 3 || len(held) != 3 || !slices.Equal(held[ids[200]], []string{"a", "b"}) {
		t.Errorf("%v, %v, %d ids by %d requests", held, err, asked, c.Requests())
	}
}

func TestCanDeleteFails(t *testing.T) {
	for _, h := range []http.HandlerFunc{
		answer(403, `{"errors":["Forbidden"]}`), answer(400, "<html>"), answer(409, "<html>"), answer(409, `{"errors":["x"]}`),
		answer(200, ""), reset,
	} {
		c, _ := start(t, h)
		if held, err := c.CanDelete(t.Context(), kind.Named("monitor"), []string{"1", "2"}); err == nil {
			t.Errorf("%v", held)
		}
	}
	c, _ := start(t, reset)
	if held, err := c.CanDelete(t.Context(), kind.Named("dashboard"), []string{"a"}); err != nil || held != nil || c.Requests() != 0 {
		t.Errorf("dashboards: %v, %v", held, err)
	}
}
