package planfile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// Saved is a plan read from a file, without its sensitive values: see Plan.
type Saved struct {
	Stack   string // the stack's name
	Tool    string // the version of ddmon that made the plan
	Datadog string // the Datadog that the plan was made for; see SaveOptions
	salt    []byte
	// keyName and keyCheck identify SaveOptions.Key; hashKey is the key derived from it.
	keyName, keyCheck string
	hashKey           []byte
	changes           []savedChange
}

// savedChange is a change whose bodies, edits and title can contain values of type hashedValue.
type savedChange struct {
	plan.Change
	title any
	// sensitive is Object.Sensitive of the desired object.
	sensitive map[string][]string
	// configured reports whether the configuration had the object.
	configured bool
	// concealed reports whether the change has a LiveSensitive. The values hashed in Before were then sensitive.
	concealed bool
}

// Check returns an error if the plan is for another stack or another Datadog, or was made by another version of ddmon,
// which could apply something else than what was reviewed.
func (s *Saved) Check(stack, tool, datadog string) error {
	if s.Datadog != datadog {
		return fmt.Errorf("the plan was made for %s, but this is %s: set DD_SITE or DD_HOST (or --sandbox) to match, or plan again",
			s.Datadog, datadog)
	}
	if s.Stack != stack {
		return fmt.Errorf("the plan is for stack %q, but this is stack %q: apply it in the folder where it was made, or plan again",
			s.Stack, stack)
	}
	if s.Tool != tool {
		return fmt.Errorf("the plan was made by ddmon %s, but this is ddmon %s: apply it with that version, or plan again",
			s.Tool, tool)
	}
	return nil
}

// Mismatch is a sensitive value that changed after the plan was made.
type Mismatch struct {
	Address   object.Address
	Path      object.Path // in the body
	Variables []string    // the sensitive variables that the value comes from
	Live      bool        // the value changed on the live object, not in the configuration
}

func (m Mismatch) String() string {
	at := m.Address.String()
	if len(m.Path) > 0 {
		at += ": " + m.Path.String()
	}
	if m.Live {
		return at + " has a sensitive value in Datadog that changed after the plan was made"
	}
	return fmt.Sprintf("%s uses the sensitive variable %s, whose value changed after the plan was made",
		at, strings.Join(m.Variables, " and "))
}

// MismatchError lists all sensitive values that do not match the plan.
type MismatchError struct {
	Mismatches []Mismatch
}

func (e *MismatchError) Error() string {
	lines := make([]string, len(e.Mismatches))
	for i, m := range e.Mismatches {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n") + "\nSet the variables to their values at plan time (DDMON_VAR_name), or plan again."
}

// Plan returns the plan to apply. It restores sensitive values from the desired objects or, if the plan had them from
// Datadog, from the live ones. Its error is a *MismatchError if they changed. Call Stale first: it describes changes of
// live objects better. No-ops have no bodies.
func (s *Saved) Plan(desired, live []*object.Object) (*plan.Plan, error) {
	wanted := make(map[string]*object.Object, len(desired))
	for _, o := range desired {
		wanted[o.Address.Slug()] = o
	}
	there := make(map[string]*object.Object, len(live))
	for _, o := range live {
		there[liveKey(o.Address.Kind, o.ID)] = o
	}
	ids := s.ids()
	out := &plan.Plan{Stack: s.Stack, Changes: make([]plan.Change, 0, len(s.changes))}
	refused := &MismatchError{}
	for i := range s.changes {
		c := &s.changes[i]
		u := &restorer{key: s.hashKey, address: c.Address, missing: func(v hashedValue, p object.Path) {
			m := Mismatch{Address: c.Address, Path: p, Variables: v.Names, Live: v.Live}
			if !slices.ContainsFunc(refused.Mismatches, func(o Mismatch) bool { return o.String() == m.String() }) {
				refused.Mismatches = append(refused.Mismatches, m)
			}
		}}
		o := wanted[c.Address.Slug()]
		if c.hasHashed() {
			u.config, u.live = configIndex(s.hashKey, o, ids), valueIndex{}
			if have := there[liveKey(c.Address.Kind, c.ID)]; have != nil {
				u.live.add(s.hashKey, kind.Named(c.Address.Kind), have.Body)
				if c.sensitiveAlone().IsOpen() {
					u.live.entries(s.hashKey, have.Body)
				}
			}
		}
		out.Changes = append(out.Changes, c.restored(u, o))
	}
	if len(refused.Mismatches) > 0 {
		return nil, refused
	}
	return out, nil
}

func liveKey(kind, id string) string { return kind + " " + id }

// ids returns the ids that references could use when the plan was made.
func (s *Saved) ids() map[object.Address]string {
	changes := make([]plan.Change, len(s.changes))
	for i := range s.changes {
		changes[i] = s.changes[i].Change
	}
	return knownIDs(changes)
}

// knownIDs returns the ids of objects that are not replaced or deleted.
func knownIDs(changes []plan.Change) map[object.Address]string {
	ids := make(map[object.Address]string)
	for i := range changes {
		c := &changes[i]
		if c.ID != "" && (c.Action == plan.NoOp || c.Action == plan.Update || c.Action == plan.Blocked) {
			ids[c.Address] = c.ID
		}
	}
	return ids
}

func (s *Saved) hasHashed() bool {
	return slices.ContainsFunc(s.changes, func(c savedChange) bool { return c.hasHashed() })
}

func (c *savedChange) hasHashed() bool {
	return hasHashed(c.title) || hasHashed(c.Before) || hasHashed(c.After) ||
		slices.ContainsFunc(c.Edits, func(e plan.Edit) bool { return hasHashed(e.Before) || hasHashed(e.After) })
}

// restored returns the change with its values restored by u. o is the current desired object at the address; it gives
// the source positions.
func (c *savedChange) restored(u *restorer, o *object.Object) plan.Change {
	out := c.Change
	out.Title, _ = u.restore(c.title, object.Path{titleKey(&c.Change)}).(string)
	out.Before, _ = u.restore(c.Before, nil).(map[string]any)
	out.After, _ = u.restore(c.After, nil).(map[string]any)
	out.Edits = slices.Clone(c.Edits)
	for i := range out.Edits {
		e := &out.Edits[i]
		e.Before, e.After = u.restore(e.Before, e.Path), u.restore(e.After, e.Path)
	}
	out.Desired = c.desired(o)
	if c.concealed {
		out.LiveSensitive = c.liveSensitive()
	}
	return out
}

// liveSensitive returns Change.LiveSensitive: the values hashed in Before.
func (c *savedChange) liveSensitive() *object.Object {
	out := &object.Object{Address: c.Address, Sensitive: map[string][]string{}}
	for key, v := range c.Before {
		at := object.Path{key}
		switch options, isObject := v.(map[string]any); {
		case isObject && key == "options":
			for option, v := range options {
				if hasHashed(v) {
					out.Sensitive[at.With(option).String()] = []string{"(removed)"}
				}
			}
		case hasHashed(v):
			out.Sensitive[at.String()] = []string{"(removed)"}
		}
	}
	return out
}

// desired returns an object with source positions and sensitive paths. Paths that were sensitive in the plan stay
// sensitive.
func (c *savedChange) desired(o *object.Object) *object.Object {
	if !c.configured {
		if len(c.sensitive) > 0 {
			return c.sensitiveAlone()
		}
		return nil
	}
	if o == nil {
		out := c.sensitiveAlone()
		out.Lifecycle = object.Lifecycle{PreventDestroy: c.PreventDestroy, IgnoreChanges: c.Ignore}
		return out
	}
	if len(c.sensitive) == 0 {
		return o
	}
	merged := *o
	merged.Sensitive = maps.Clone(c.sensitive)
	for at, names := range o.Sensitive {
		merged.Sensitive[at] = names
	}
	if merged.IsOpen() {
		merged.Schema = kind.Named(c.Address.Kind)
	}
	return &merged
}

// sensitiveAlone returns an object with only the sensitive paths.
func (c *savedChange) sensitiveAlone() *object.Object {
	out := &object.Object{Address: c.Address, Sensitive: c.sensitive}
	if k := kind.Named(c.Address.Kind); k != nil {
		out.Schema = k
	}
	return out
}
