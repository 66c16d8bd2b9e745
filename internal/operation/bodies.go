package operation

import (
	"ddmon/internal/config"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

// Bodies returns the bodies that a first Apply would send, by address, without sensitive values.
func Bodies(stack *config.Stack) map[string]map[string]any {
	p, _ := plan.Build(plan.Input{Stack: stack.Name, Kinds: kind.All(), Desired: stack.Objects})
	noID := func(object.Address) (string, bool) { return "", false }
	out := make(map[string]map[string]any, len(p.Changes))
	for i := range p.Changes {
		c := &p.Changes[i]
		k := kind.Named(c.Address.Kind)
		body, _ := c.Write(k, stack.Name, noID)
		if c.Desired.HasSecrets() {
			// The fingerprint is an unkeyed hash, from which a short secret could be guessed.
			m, unmarked := k.Marker.Read(body)
			m.Fingerprint = ""
			body = k.Marker.Write(unmarked, m)
		}
		out[c.Address.String()] = planfile.Redact(c.Desired, body)
	}
	return out
}
