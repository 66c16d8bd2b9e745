package ddapi

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"

	"ddmon/internal/kind"
)

// dashboardID is how Datadog writes the ids of dashboards: "abc-def-ghi". textID also fits UUIDs and the hexadecimal
// ids of SLOs. Neither has a character that means something in a URL.
var (
	dashboardID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	textID      = regexp.MustCompile(`^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$`)
)

// longestID is how long an id of letters and digits may be.
const longestID = 64

// isID says what an id is: of a monitor a positive number in decimal digits, of a dashboard groups of lower-case letters
// and digits with hyphens between them, of any other kind the same with letters of both cases and underscores.
func isID(k *kind.Kind, id string) bool {
	switch k.Name {
	case "monitor":
		n, err := strconv.ParseInt(id, 10, 64)
		return err == nil && n > 0 && strconv.FormatInt(n, 10) == id
	case "dashboard":
		return len(id) <= longestID && dashboardID.MatchString(id)
	}
	return len(id) <= longestID && textID.MatchString(id)
}

// idOf returns the id of an object that Datadog answered: of a monitor it is a number there, of a dashboard a string.
func idOf(k *kind.Kind, o map[string]any) (string, error) {
	raw, found := o["id"]
	id, isText := raw.(string)
	n, isNumber := raw.(json.Number)
	if isNumber {
		id = n.String()
	}
	ofKind := isText && k.Name != "monitor" || isNumber && k.Name != "dashboard"
	switch {
	case !found:
		return "", wrongShape("a %s in it has no id", k.Name)
	case !ofKind:
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

// one reads an object of a kind into out, which has to be the one with an id; an empty id is that of a new object.
func one(k *kind.Kind, id string, out *map[string]any) func(*reading) error {
	return func(r *reading) error {
		*out = nil
		o, err := r.object("it")
		if err != nil {
			return err
		}
		switch got, err := idOf(k, o); {
		case err != nil:
			return err
		case id != "" && got != id:
			return wrongShape("it is %s %s, not %s", k.Name, got, id)
		}
		*out = o
		return nil
	}
}
