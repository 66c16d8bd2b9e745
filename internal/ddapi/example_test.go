package ddapi_test

import (
	"errors"
	"os"
	"path/filepath"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// exampleOf returns the conformance example of a kind with another name.
func exampleOf(k *kind.Kind, title string) map[string]any {
	raw, err := os.ReadFile(filepath.Join("..", "conformance", "testdata", k.Name+".json"))
	if err != nil {
		panic(err)
	}
	v, err := object.Decode(raw)
	if err != nil {
		panic(err)
	}
	body := v.(map[string]any)["example"].(map[string]any)
	body[k.Title] = titleOf(k, title)
	return body
}

func isStatus(err error, status int) bool {
	var e *ddapi.APIError
	return errors.As(err, &e) && e.Status == status && len(e.Messages) > 0
}

// titleOf returns the title of an object. The title of a downtime is a scope, which has a key.
func titleOf(k *kind.Kind, name string) string {
	if k.Title == "scope" {
		return `name:"` + name + `"`
	}
	return name
}
