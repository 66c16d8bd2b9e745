package plan

import (
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Write returns the body to send for a Create, Update or Replace: After with the ids filled in and the marker on
// it. Addresses whose ids are still missing are returned; the body must not be sent then, and it carries no
// fingerprint, which needs them.
func (c *Change) Write(k *kind.Kind, stack string, id func(object.Address) (string, bool)) (map[string]any, []object.Address) {
	body, _ := object.ResolveRefs(c.After, id).(map[string]any)
	missing := dependsOn(body)
	m := object.Marker{Stack: object.StackSlug(stack), Slug: c.Address.Slug(), Protected: c.PreventDestroy}
	if len(missing) == 0 {
		m.Fingerprint = Fingerprint(k, body, c.Ignore, c.Written)
	}
	return k.Marker.Write(body, m), missing
}

// WriteReplaced returns the update that marks the old object of a Replace as on its way out. After it a run that is
// interrupted at any point can be finished by the next: the address is free, and the old object is known.
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
