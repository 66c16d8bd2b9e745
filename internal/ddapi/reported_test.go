package ddapi_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
)

// callsOfKind are the requests for an object with the id a, of a kind with an envelope.
func callsOfKind(ctx context.Context, c *ddapi.Client, k *kind.Kind) map[string]func() error {
	body := map[string]any{}
	return map[string]func() error{
		"list":   func() error { return errorOf(c.List(ctx, k, "shop")) },
		"get":    func() error { return errorOf(c.Get(ctx, k, "a")) },
		"create": func() error { return errorOf(c.Create(ctx, k, body, nil)) },
		"update": func() error { return errorOf(c.Update(ctx, k, "a", body, nil)) },
		"delete": func() error { return c.Delete(ctx, k, "a", nil) },
	}
}

// TestErrorsInSuccessfulResponses: a response that reports an error is one, whatever its status and its other keys. An
// empty list with an error, for example, does not mean that nothing exists.
func TestErrorsInSuccessfulResponses(t *testing.T) {
	data, jsonAPI := enveloped(kind.Data), enveloped(kind.JSONAPI)
	data.Remote.DeletedSilently = false
	for _, reported := range []string{
		`"errors":["upstream is down"]`, `"errors":{"a":"upstream is down"}`, `"errors":"upstream is down"`,
		`"errors":[{"title":"x","detail":"upstream is down"}]`, `"error":"upstream is down"`, `"error":{"message":"upstream is down"}`,
		`"meta":{"errors":["upstream is down"]}`, `"meta":{"page":{},"error":"upstream is down"}`, `"status":"error","message":"upstream is down"`,
	} {
		for name, tt := range map[string]struct {
			lists, objects string
			calls          func(*ddapi.Client) map[string]func() error
			silent         bool // whether the responses to deletions have no body
		}{
			"data": {
				`{"data":[],%s}`, `{"data":{"id":"a"},%s}`,
				func(c *ddapi.Client) map[string]func() error { return callsOfKind(t.Context(), c, data) }, false,
			},
			"JSON:API": {
				`{"data":[],%s}`, `{"data":{"id":"a","type":"downtime","attributes":{}},%s}`,
				func(c *ddapi.Client) map[string]func() error { return callsOfKind(t.Context(), c, jsonAPI) }, true,
			},
			"bare": {
				`{"dashboards":[],%s}`, `{"id":"a-b-c",%s}`,
				func(c *ddapi.Client) map[string]func() error {
					calls := callsOfKind(t.Context(), c, dashboard)
					maps.DeleteFunc(calls, func(name string, _ func() error) bool { return name != "list" && name != "delete" && name != "create" })
					calls["validate"] = func() error { return c.Validate(t.Context(), monitor, "", map[string]any{}) }
					return calls
				}, false,
			},
		} {
			c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
				format := tt.objects
				if r.Method == http.MethodGet && !strings.HasSuffix(r.URL.Path, "/a") {
					format = tt.lists
				}
				fmt.Fprintf(w, format, reported)
			})
			for call, do := range tt.calls(c) {
				if call == "delete" && tt.silent {
					continue
				}
				if err := do(); err == nil || !strings.Contains(err.Error(), "reports an error: ") ||
					!strings.Contains(err.Error(), "upstream is down") && !strings.Contains(err.Error(), `its status is "error"`) {
					t.Errorf("%s, %s, %s: %v", name, call, reported, err)
				}
			}
		}
	}
}

// TestNoErrorsInSuccessfulResponses: empty keys for errors mean success.
func TestNoErrorsInSuccessfulResponses(t *testing.T) {
	k := enveloped(kind.Data)
	k.Remote.DeletedSilently = false
	for _, reported := range []string{`"errors":[]`, `"errors":null`, `"error":null`, `"errors":{}`, `"error":false`, `"errors":""`, `"meta":{"errors":null}`, `"meta":null`, `"status":"ok"`} {
		c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/a") || r.Method == http.MethodPost {
				fmt.Fprintf(w, `{"data":{"id":"a"},%s}`, reported)
				return
			}
			fmt.Fprintf(w, `{%s,"data":[]}`, reported)
		})
		for call, do := range callsOfKind(t.Context(), c, k) {
			if err := do(); err != nil {
				t.Errorf("%s, %s: %v", call, reported, err)
			}
		}
	}
}

// TestStatusOfReads: a read with a status other than 200 is not what Datadog has: 206 is a part, 203 was changed by a
// proxy, 202 is not there yet.
func TestStatusOfReads(t *testing.T) {
	for _, status := range []int{201, 202, 203, 204, 206, 207, 226} {
		c, _ := start(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			if status != http.StatusNoContent {
				fmt.Fprint(w, `[]`)
			}
		})
		if _, err := c.List(t.Context(), monitor, "shop"); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("its status is %d", status)) {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// TestErrorsOfGateways: an error without Datadog's format does not mean that an object does not exist, or that only one
// permission is missing.
func TestErrorsOfGateways(t *testing.T) {
	for body, isDatadogs := range map[string]bool{
		`{"errors":["Not found"]}`: true, `{"status":"error","code":404,"errors":["Not found"]}`: true,
		`{"errors":[{"title":"Not found"}]}`: true, `{"message":"Not Found"}`: false, `{"error":"not found"}`: false,
		`{"errors":[]}`: false, `{}`: false, `[]`: false, ``: false, `<html>`: false, `"errors"`: false,
	} {
		c, _ := start(t, respond(http.StatusNotFound, body))
		for what, do := range map[string]func() error{
			"look up": func() error { _, _, err := c.Lookup(t.Context(), monitor, "7"); return err },
			"delete":  func() error { return c.Delete(t.Context(), monitor, "7", nil) },
		} {
			if err := do(); (err == nil) != isDatadogs {
				t.Errorf("%s, %s: %v", what, body, err)
			}
		}
		c, _ = start(t, respond(http.StatusForbidden, body))
		if _, err := c.List(t.Context(), monitor, "shop"); ddapi.Forbidden(err) != isDatadogs {
			t.Errorf("list, %s: %v", body, err)
		}
	}
}

// TestObjectsOfAnotherType: a JSON:API document of another type is not the object.
func TestObjectsOfAnotherType(t *testing.T) {
	k := enveloped(kind.JSONAPI)
	for _, kindOf := range []string{`"type":"user",`, `"type":7,`, ``} {
		c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
			one := `{"id":"a",` + kindOf + `"attributes":{"title":"T"}}`
			if strings.HasSuffix(r.URL.Path, "/a") {
				fmt.Fprintf(w, `{"data":%s}`, one)
				return
			}
			fmt.Fprintf(w, `{"data":[%s]}`, one)
		})
		calls := callsOfKind(t.Context(), c, k)
		for _, call := range []string{"list", "get", "update"} {
			if err := calls[call](); err == nil {
				t.Errorf("%s with %s", call, kindOf)
			}
		}
	}
}
