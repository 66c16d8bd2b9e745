package ddtest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Recording is a recorded request to Datadog's API with its response, or an object that Datadog ships. The README.md of
// the corpus describes the files.
type Recording struct {
	// File is the path in the corpus, for example api/monitors/001-create-x.json.
	File string `json:"-"`

	// Op is the operation, such as create, update, get, list or delete. It is empty for an object that Datadog ships.
	Op     string `json:"op"`
	Method string `json:"method"`
	URL    string `json:"url"`
	Status int    `json:"status"`
	// Request and Response are the bodies. Prior is the object before an update. Response is also the object that Datadog
	// ships.
	Request  json.RawMessage `json:"request"`
	Prior    json.RawMessage `json:"prior"`
	Response json.RawMessage `json:"response"`
}

// Accepted reports whether the recording is a create or an update that Datadog accepted.
func (r Recording) Accepted() bool {
	return (r.Op == "create" || r.Op == "update") && r.Status == 200
}

// CorpusFolder returns the folder of recordings in DDMON_CORPUS. It skips the test if DDMON_CORPUS is not set, because
// the recordings are not part of the repository.
func CorpusFolder(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("DDMON_CORPUS")
	if folder == "" {
		t.Skip("DDMON_CORPUS is not set: the recordings are not part of the repository")
	}
	return folder
}

// Corpus reads the recordings in folders of the corpus, such as api/monitors or shipped/dashboards. It fails the test
// if a folder has none.
func Corpus(t testing.TB, folders ...string) []Recording {
	t.Helper()
	corpus := CorpusFolder(t)
	var all []Recording
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(corpus, folder, "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no recordings in %s of %s (%v)", folder, corpus, err)
		}
		for _, file := range files {
			data := Read(t, file)
			r := Recording{Status: 200, Response: data}
			if !strings.HasPrefix(folder, "shipped/") {
				r = Recording{}
				if err := json.Unmarshal(data, &r); err != nil {
					t.Fatalf("%s: %v", file, err)
				}
			} else if inner := definition(data); inner != nil {
				r.Response = inner
			}
			r.File = folder + "/" + filepath.Base(file)
			all = append(all, r)
		}
	}
	return all
}

// definition returns the object that a shipped file wraps, or nil.
func definition(data []byte) json.RawMessage {
	var wrapper struct {
		Definition json.RawMessage `json:"definition"`
	}
	if json.Unmarshal(data, &wrapper) != nil || len(wrapper.Definition) == 0 || wrapper.Definition[0] != '{' {
		return nil
	}
	return wrapper.Definition
}

// Unwrap returns the object in the envelope of a request or a response: the value of the key data, the item of a list
// with one item, or the attributes of a JSON:API resource together with its id. It returns everything else unchanged.
func Unwrap(raw json.RawMessage) json.RawMessage {
	var envelope, resource map[string]json.RawMessage
	if json.Unmarshal(raw, &envelope) != nil {
		return raw
	}
	if data, ok := envelope["data"]; ok {
		var list []json.RawMessage
		if json.Unmarshal(data, &list) == nil && len(list) == 1 {
			data = list[0]
		}
		raw = data
	}
	if json.Unmarshal(raw, &resource) != nil || resource["attributes"] == nil || resource["type"] == nil {
		return raw
	}
	var attributes map[string]json.RawMessage
	if json.Unmarshal(resource["attributes"], &attributes) != nil {
		return raw
	}
	if id, ok := resource["id"]; ok {
		attributes["id"] = id
	}
	out, err := json.Marshal(attributes)
	if err != nil {
		return raw
	}
	return out
}
