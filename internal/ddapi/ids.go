package ddapi

import (
	"encoding/json"
	"fmt"
	"strconv"

	"ddmon/internal/kind"
)

// longestID is how long an id of letters and digits may be.
const longestID = 64

// isID reports whether a text has the form of a kind's ids. None of the forms has a character that means something in a
// URL.
func isID(k *kind.Kind, id string) bool {
	if k.Remote.ID.Number {
		n, err := strconv.ParseInt(id, 10, 64)
		return err == nil && n > 0 && strconv.FormatInt(n, 10) == id
	}
	return len(id) <= longestID && k.Remote.ID.Pattern.MatchString(id)
}

// idOf returns the id of an object that Datadog answered.
func idOf(k *kind.Kind, o map[string]any) (string, error) {
	raw, found := o["id"]
	id, isText := raw.(string)
	n, isNumber := raw.(json.Number)
	if isNumber {
		id = n.String()
	}
	switch {
	case !found:
		return "", wrongShape("a %s in it has no id", k.Name)
	case !isText && !isNumber || isNumber != k.Remote.ID.Number:
		return "", wrongShape("the id of a %s in it is %s", k.Name, kindOf(raw))
	case !isID(k, id):
		return "", wrongShape("a %s in it has the id %s, which is not an id of a %s", k.Name, quoteID(id), k.Name)
	}
	return id, nil
}

// quoteID writes something that is not an id into an error.
func quoteID(id string) string { return strconv.Quote(shorten(clean(id), 60)) }

// shorten cuts a text after a number of characters.
func shorten(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// checkID refuses to make a request for what is not an id.
func checkID(call call) error {
	if call.kind != nil && call.ofOne() && !isID(call.kind, call.id) {
		return fmt.Errorf("cannot %s: %s is not an id of a %s", call.doing, quoteID(call.id), call.kind.Name)
	}
	return nil
}
