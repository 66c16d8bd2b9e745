package ddapi

import (
	"encoding/json"
	"fmt"
	"strconv"

	"ddmon/internal/kind"
)

// maxID is the maximum length of an id that is not a number.
const maxID = 64

// isID reports whether a string is a valid id of a kind. Valid ids contain no character that is special in a URL.
func isID(k *kind.Kind, id string) bool {
	if k.Remote.ID.Number {
		n, err := strconv.ParseInt(id, 10, 64)
		return err == nil && n > 0 && strconv.FormatInt(n, 10) == id
	}
	return len(id) <= maxID && k.Remote.ID.Pattern.MatchString(id)
}

// idOf returns the id of an object in a response.
func idOf(k *kind.Kind, o map[string]any) (string, error) {
	raw, found := o["id"]
	id, isText := raw.(string)
	n, isNumber := raw.(json.Number)
	if isNumber {
		id = n.String()
	}
	switch {
	case !found:
		return "", wrongShape("a %s has no id", k.Name)
	case !isText && !isNumber || isNumber != k.Remote.ID.Number:
		return "", wrongShape("the id of a %s is %s", k.Name, kindOf(raw))
	case !isID(k, id):
		return "", wrongShape("a %s has the invalid id %s", k.Name, quoteID(id))
	}
	return id, nil
}

// quoteID quotes an invalid id for an error.
func quoteID(id string) string { return strconv.Quote(shorten(clean(id), 60)) }

// shorten truncates a string to a number of characters.
func shorten(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// checkID rejects requests with an invalid id.
func checkID(call call) error {
	if call.kind != nil && call.hasID() && !isID(call.kind, call.id) {
		return fmt.Errorf("cannot %s: %s is not a valid %s id", call.action, quoteID(call.id), call.kind.Name)
	}
	return nil
}
