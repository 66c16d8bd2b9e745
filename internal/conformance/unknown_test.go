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

// unknownField is a field that is not in the tables of any kind.
const unknownField = "added_later"

// newerAPI emulates a newer API in front of the sandbox: all objects in responses to reads have an additional field.
type newerAPI struct {
	t    *testing.T
	kind *kind.Kind
	next http.Handler

	mu      sync.Mutex
	updates []map[string]any // the objects in update requests
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
		response := httptest.NewRecorder()
		n.next.ServeHTTP(response, r)
		body := response.Body.Bytes()
		if response.Code == http.StatusOK {
			body = n.objects(body, true, func(o map[string]any) { o[unknownField] = "kept" })
		}
		maps.Copy(w.Header(), response.Header())
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(response.Code)
		_, _ = w.Write(body) // a client that disconnected reports the error itself
		return
	}
	n.next.ServeHTTP(w, r)
}

// objects calls visit for all objects in the envelope of a request or a response, and returns the changed body.
func (n *newerAPI) objects(raw []byte, isResponse bool, visit func(map[string]any)) []byte {
	v, err := object.Decode(raw)
	if err != nil {
		n.t.Error(err)
		return raw
	}
	found := v
	in, _ := v.(map[string]any)
	list := n.kind.Remote.List.Key
	switch envelope := n.kind.Remote.Envelope; {
	case envelope != kind.Bare && (isResponse || envelope == kind.JSONAPI):
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

// testUnknownFields: a field that ddmon does not know is not a difference, and an update does not remove it.
func testUnknownFields(t *testing.T, k *kind.Kind, e example) {
	api := &newerAPI{t: t, kind: k}
	w := newEnvironment(t, "", func(next http.Handler) http.Handler {
		api.next = next
		return api
	})
	w.apply(t, desired(k, "a", e.Example))
	api.updates = nil
	w.apply(t, desired(k, "a", e.changed(e.Example)))
	if len(api.updates) == 0 {
		t.Fatal("nothing was updated")
	}
	for _, sent := range api.updates {
		if value, isSent := sent[unknownField]; value != "kept" && (isSent || !k.UpdateMerges) {
			t.Errorf("the update sets the unknown field to %v", value)
		}
	}
}
