package operation

import (
	"fmt"
	"strings"

	"ddmon/internal/config"
	"ddmon/internal/explain"
	"ddmon/internal/object"
)

// Explain explains a monitor of a stack. The error for an unknown address lists the stack's monitors.
func Explain(stack *config.Stack, address object.Address) ([]explain.Section, error) {
	names := func(member string) string {
		for _, o := range stack.Objects {
			if o.Address.String() == member {
				name, _ := o.Shown().Body["name"].(string)
				return name
			}
		}
		return ""
	}
	var monitors []string
	for _, o := range stack.Objects {
		if o.Address == address {
			return explain.Object(o, names), nil
		}
		if o.Address.Kind == "monitor" {
			monitors = append(monitors, o.Address.String())
		}
	}
	return nil, fmt.Errorf("the stack has no %s; its monitors: %s", address, strings.Join(monitors, ", "))
}
