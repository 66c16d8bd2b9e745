package operation

import (
	"fmt"
	"strings"

	"ddmon/internal/config"
	"ddmon/internal/explain"
	"ddmon/internal/object"
)

// Explained is the explanation of a monitor.
type Explained struct {
	Address  object.Address
	Sections []explain.Section
}

// Explain explains a monitor of a stack or, by an address without a key, all instances of a for_each. The error for an
// unknown address lists the stack's monitors.
func Explain(stack *config.Stack, address object.Address) ([]Explained, error) {
	nameOf := make(map[string]string)
	for _, o := range stack.Objects {
		nameOf[o.Address.String()], _ = o.Shown().Body["name"].(string)
	}
	names := func(member string) string { return nameOf[member] }
	var out []Explained
	var monitors []string
	for _, o := range stack.Objects {
		if address.Covers(o.Address) {
			out = append(out, Explained{o.Address, explain.Object(o, names)})
		}
		if o.Address.Kind == "monitor" {
			monitors = append(monitors, o.Address.String())
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("the stack has no %s; its monitors: %s", address, strings.Join(monitors, ", "))
	}
	return out, nil
}
