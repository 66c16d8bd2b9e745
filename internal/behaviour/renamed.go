package behaviour

import (
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// mergeRenamed uses a deleted monitor as the live side of a created one if they are the same monitor under another
// address, as after renaming a block. Otherwise a rename would be a regression and an improvement.
func mergeRenamed(list []*entry) []*entry {
	merged := map[*entry]bool{}
	for _, key := range renameKeys {
		deleted := map[renameKey][]*entry{}
		for _, e := range list {
			if e.change.Action == plan.Delete && !e.change.Deposed && e.before != nil && !merged[e] {
				k := key.of(e.before)
				deleted[k] = append(deleted[k], e)
			}
		}
		for _, e := range list {
			if e.change.Action != plan.Create || e.before != nil {
				continue
			}
			k := key.of(e.after)
			found := deleted[k]
			if len(found) == 0 || len(found) > 1 && !key.exact {
				continue
			}
			deleted[k] = found[1:]
			merged[found[0]] = true
			e.inherit(found[0])
		}
	}
	return slices.DeleteFunc(list, func(e *entry) bool { return merged[e] })
}

// inherit uses the live side of another entry.
func (e *entry) inherit(old *entry) {
	sensitive := e.change.Desired
	if !sensitive.HasSecrets() {
		sensitive = old.change.SensitiveBefore()
	}
	e.before = newSide(e.name, old.before.ID, old.before.Body, sensitive)
	e.previous = old.change.Address
}

// renameKey identifies a monitor apart from its address.
type renameKey struct{ kind, name, query, message string }

// renameKeys are the ways to recognize a renamed monitor, the most certain first: by all of its text, by what it
// evaluates and says, and by its name. Several monitors that are equal in the last way are not matched.
var renameKeys = []struct {
	exact bool
	of    func(*side) renameKey
}{
	{true, func(s *side) renameKey { return renameKey{s.view.Type, s.view.Name, s.queryText(), s.view.Message} }},
	{true, func(s *side) renameKey { return renameKey{s.view.Type, "", s.queryText(), s.view.Message} }},
	{false, func(s *side) renameKey { return renameKey{s.view.Type, s.view.Name, "", ""} }},
}

// queryText is the query; of a composite with references to ids, a text that no other query equals.
func (s *side) queryText() string {
	if text, ok := s.Body["query"].(object.Text); ok {
		return "\x00" + text.String()
	}
	return s.view.Query
}
