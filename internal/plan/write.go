package plan

import (
	"slices"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Write returns the body to send for a Create, Update or Replace: After with ids filled in and with the marker. It also
// returns the addresses whose ids are unknown. If there are any, the body must not be sent, and has no fingerprint.
func (c *Change) Write(k *kind.Kind, stack string, id func(object.Address) (string, bool)) (map[string]any, []object.Address) {
	body := withIDs(k, c.After, id)
	missing := dependsOn(body)
	m := object.Marker{Stack: object.StackSlug(stack), Slug: c.Address.Slug(), Protected: c.PreventDestroy}
	if len(missing) == 0 {
		m.Fingerprint = Fingerprint(k, body, c.Ignore, c.Written) + unreadDigest(k, body, c.notSent())
	}
	return k.Marker.Write(body, m), missing
}

// notSent returns the paths of the body whose values do not come from the configuration.
func (c *Change) notSent() []object.Path {
	paths := slices.Clone(c.Ignore)
	for _, n := range c.Notes {
		paths = append(paths, n.Path)
	}
	return paths
}

// WriteReplaced returns the update that marks the old object of a Replace. After that, the next run can finish an
// interrupted one: the address is free, and the old object is known.
func (c *Change) WriteReplaced(k *kind.Kind, stack string) map[string]any {
	m := object.Marker{Stack: object.StackSlug(stack), Slug: c.Address.Slug(), Replaced: true}
	marked := k.Marker.Write(c.Before, m)
	if !k.UpdateMerges {
		return marked
	}
	changed := make(map[string]any)
	for key, v := range marked {
		if !object.Equal(v, c.Before[key]) {
			changed[key] = v
		}
	}
	return changed
}
