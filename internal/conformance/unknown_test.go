package conformance_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// unknownField is a field that no table knows.
const unknownField = "added_later"

// newerAPI is a newer Datadog in front of the sandbox: every object that is read has one more field.
type newerAPI struct {
	t    *testing.T
	kind *kind.Kind
	next http.Handler

	mu      sync.Mutex
	updates []map[string]any // the objects that were sent
}

func (n *newerAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := n.kind.Remote.Path
	switch {
	case r.URL.Path != path && !strings.HasPrefix(r.URL.Path, path+"/"):
	case r.Method == http.MethodPut, r.Method == http.MethodPatch:
		body, err := io.ReadAll(r.Body)
		if err != nil {
			n.t.Error(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		n.mu.Lock()
		n.objects(body, false, func(o map[string]any) { n.updates = append(n.updates, o) })
		n.mu.Unlock()
	case r.Method == http.MethodGet:
		answer := httptest.NewRecorder()
		n.next.ServeHTTP(answer, r)
		body := answer.Body.Bytes()
		if answer.Code == http.StatusOK {
			body = n.objects(body, true, func(o map[string]any) { o[unknownField] = "kept" })
		}
		maps.Copy(w.Header(), answer.Header())
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(answer.Code)
		_, _ = w.Write(body) // a client that is not there any more fails by itself
		return
	}
	n.next.ServeHTTP(w, r)
}

// objects visits the objects in a request or an answer, wherever the kind's envelope has them, and returns the result.
func (n *newerAPI) objects(raw []byte, answer bool, visit func(map[string]any)) []byte {
	v, err := object.Decode(raw)
	if err != nil {
		n.t.Error(err)
		return raw
	}
	found := v
	in, _ := v.(map[string]any)
	list := n.kind.Remote.List.Key
	switch envelope := n.kind.Remote.Envelope; {
	case envelope != kind.Bare && (answer || envelope == kind.JSONAPI):
		found = in["data"]
	case in[list] != nil:
		found = in[list]
	}
	items, isList := found.([]any)
	if !isList {
		items = []any{found}
	}
	for _, item := range items {
		o, _ := item.(map[string]any)
		if attributes, isObject := o["attributes"].(map[string]any); isObject && n.kind.Remote.Envelope == kind.JSONAPI {
			o = attributes
		}
		if o != nil {
			visit(o)
		}
	}
	out, err := json.Marshal(v)
	if err != nil {
		n.t.Error(err)
	}
	return out
}

// testUnknownFields: a field that ddmon does not know is no difference, and an update does not take it away.
func testUnknownFields(t *testing.T, k *kind.Kind, e example) {
	front := &newerAPI{t: t, kind: k}
	w := newWorld(t, "", func(next http.Handler) http.Handler {
		front.next = next
		return front
	})
	w.apply(t, desired(k, "a", e.Example))
	front.updates = nil
	w.apply(t, desired(k, "a", e.changed(e.Example)))
	if len(front.updates) == 0 {
		t.Fatal("nothing was updated")
	}
	for _, sent := range front.updates {
		if value, isSent := sent[unknownField]; value != "kept" && (isSent || !k.UpdateMerges) {
			t.Errorf("the update holds %v in place of what was there", value)
		}
	}
}
