package ddapi_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/sandbox"
)

// TestAgainstTheSandbox takes objects of both kinds through their life at something that was built from recordings.
func TestAgainstTheSandbox(t *testing.T) {
	server, err := sandbox.Open("", sandbox.Options{Now: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	c, _ := start(t, server.ServeHTTP)
	ctx := t.Context()
	for _, k := range kind.All() {
		t.Run(k.Name, func(t *testing.T) {
			mine := k.Marker.Write(minimal(k, "mine"), object.Marker{Stack: "shop", Slug: k.Name + ".mine"})
			if k.Validates {
				if err := c.Validate(ctx, k, "", mine); err != nil {
					t.Error(err)
				}
			}
			made, err1 := c.Create(ctx, k, mine, nil)
			other, err2 := c.Create(ctx, k, minimal(k, "other"), nil)
			if err := errors.Join(err1, err2); err != nil {
				t.Fatal(err)
			}
			l, err := c.List(ctx, k, "shop")
			if err != nil || !slices.Equal(idsOf(l.Owned), idsOf([]map[string]any{made})) {
				t.Errorf("owned %v, made %v, %v", idsOf(l.Owned), made["id"], err)
			}
			named, err := c.Named(ctx, k, l, []string{"other", "mine"})
			if err != nil || !slices.Equal(idsOf(named), idsOf([]map[string]any{other})) {
				t.Errorf("named %v, want %v, %v", idsOf(named), other["id"], err)
			}
			id := fmt.Sprint(made["id"])
			made[k.Title] = "renamed"
			if _, err := c.Update(ctx, k, id, made, nil); err != nil {
				t.Error(err)
			}
			if got, err := c.Get(ctx, k, id); err != nil || got[k.Title] != "renamed" {
				t.Errorf("%v, %v", got[k.Title], err)
			}
			if err := errors.Join(c.Delete(ctx, k, id, nil), c.Delete(ctx, k, id, nil)); err != nil {
				t.Error(err)
			}
			if _, err := c.Get(ctx, k, id); !ddapi.NotFound(err) {
				t.Errorf("%v", err)
			}
			if _, err := c.Create(ctx, k, map[string]any{"title": "", "type": ""}, nil); !isStatus(err, 400) {
				t.Errorf("%v", err)
			}
		})
	}
	wrong, err := ddapi.New(ddapi.Config{APIKey: "invalid", AppKey: "invalid", Host: c.Base()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wrong.List(ctx, monitor, "shop"); !isStatus(err, 403) || !strings.Contains(err.Error(), "monitors_read") {
		t.Errorf("%v", err)
	}
}

// minimal is the least that Datadog takes.
func minimal(k *kind.Kind, title string) map[string]any {
	if k.Name == "dashboard" {
		return map[string]any{"title": title, "layout_type": "ordered", "widgets": []any{}}
	}
	return map[string]any{"name": title, "type": "query alert", "query": "avg(last_5m):avg:queue.depth{*} > 5", "message": "m"}
}

func isStatus(err error, status int) bool {
	var e *ddapi.APIError
	return errors.As(err, &e) && e.Status == status && len(e.Messages) > 0
}
