package cli

import (
	"slices"
	"strings"
)

// environment is the process's environment in the form of os.Environ.
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

// isSet reports whether a variable switches a safeguard on. Any value that does not clearly mean off means on.
func (e environment) isSet(name string) bool {
	switch strings.ToLower(e.first(name)) {
	case "", "0", "false", "no", "off":
		return false
	}
	return true
}

// isAllowed reports whether a variable permits something dangerous. Any value that does not clearly mean on means off.
func (e environment) isAllowed(name string) bool {
	switch strings.ToLower(e.first(name)) {
	case "1", "true", "yes", "on":
		return true
	}
	return false
}
