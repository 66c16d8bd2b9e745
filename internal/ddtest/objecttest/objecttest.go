// Package objecttest creates configured and live objects for tests.
package objecttest

import (
	"encoding/json"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// Address parses an address such as monitor.load["eu"].
func Address(t testing.TB, text string) object.Address {
	t.Helper()
	a, err := object.ParseAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Desired returns a configured object with a JSON body. In the top-level strings of the body, ${ADDRESS} is a reference to
// the id of another object.
func Desired(t testing.TB, address, source string) *object.Object {
	t.Helper()
	body := ddtest.Object(t, source)
	for key, v := range body {
		if s, ok := v.(string); ok && strings.Contains(s, "${") {
			body[key] = references(t, s)
		}
	}
	return &object.Object{Address: Address(t, address), Body: body}
}

func references(t testing.TB, s string) object.Text {
	t.Helper()
	var text object.Text
	for part := range strings.SplitSeq(s, "${") {
		ref, rest, ok := strings.Cut(part, "}")
		if !ok {
			text = append(text, object.Part{Literal: part})
			continue
		}
		a := Address(t, ref)
		text = append(text, object.Part{Ref: &a}, object.Part{Literal: rest})
	}
	return text
}

// Owned returns a live object with the ownership marker of an address in the stack "s". The functions in marks can change
// the marker.
func Owned(t testing.TB, id, address, source string, marks ...func(*object.Marker)) *object.Object {
	t.Helper()
	a := Address(t, address)
	m := object.Marker{Stack: "s", Slug: a.Slug()}
	for _, mark := range marks {
		mark(&m)
	}
	k := kind.Named(a.Kind)
	raw := k.Marker.Write(ddtest.Object(t, source), m)
	raw["id"] = json.Number(id)
	if k.Name == "dashboard" {
		raw["id"] = id
	}
	return plan.FromLive(k, raw)
}
