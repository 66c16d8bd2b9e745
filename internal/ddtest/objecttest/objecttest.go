// Package objecttest makes objects of a configuration and of Datadog for tests.
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

// Address reads an address such as monitor.load["eu"].
func Address(t testing.TB, text string) object.Address {
	t.Helper()
	a, err := object.ParseAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Desired makes an object of a configuration from the JSON of its body. ${address} in a string at the top of the body is a
// reference to that object's id.
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

// Owned makes an object of Datadog that carries the marker of an address of the stack "s"; each of marks may change the
// marker.
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
