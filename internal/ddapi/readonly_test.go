package ddapi_test

import (
	"errors"
	"testing"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
)

func TestReadOnly(t *testing.T) {
	// No server listens at this address: a request would return another error.
	c, err := ddapi.New(ddapi.Config{APIKey: "k", AppKey: "k", Host: "http://127.0.0.1:1", ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	k := kind.Named("monitor")
	_, created := c.Create(t.Context(), k, map[string]any{}, nil)
	_, updated := c.Update(t.Context(), k, "1", map[string]any{}, nil)
	for what, err := range map[string]error{"create": created, "update": updated, "delete": c.Delete(t.Context(), k, "1", nil)} {
		if !errors.Is(err, ddapi.ErrReadOnly) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if n := c.Requests(); n != 0 {
		t.Errorf("%d requests were made", n)
	}
}
