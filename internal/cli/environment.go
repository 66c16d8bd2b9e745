package cli

import (
	"slices"
	"strings"
)

// environment is the process's, as os.Environ has it.
type environment []string

// first returns the first of the named variables that is set and not empty.
func (e environment) first(names ...string) string {
	for _, name := range names {
		for _, pair := range slices.Backward(e) {
			if key, value, _ := strings.Cut(pair, "="); key == name && value != "" {
				return value
			}
		}
	}
	return ""
}

// isSet reports whether the environment switches something on. What is not plainly off is on: what is switched on so
// keeps from harm.
func (e environment) isSet(name string) bool {
	switch strings.ToLower(e.first(name)) {
	case "", "0", "false", "no", "off":
		return false
	}
	return true
}

// isAllowed reports whether the environment permits something. Unlike with isSet, what is not plainly on is off.
func (e environment) isAllowed(name string) bool {
	switch strings.ToLower(e.first(name)) {
	case "1", "true", "yes", "on":
		return true
	}
	return false
}
