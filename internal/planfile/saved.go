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

// Saved is a plan as it was read from its file. Sensitive values are still missing in it: see Plan.
type Saved struct {
	Stack   string // the stack's name
	Tool    string // the version of ddmon that made the plan
	Datadog string // whom it was made with; see SaveOptions
	salt    []byte
	// keyName and keyCheck identify SaveOptions.Key; hashes is what values are hashed with.
	keyName, keyCheck string
	hashes            []byte
	changes           []savedChange
}

// savedChange is a change whose bodies, edits and title may hold values of type sealed.
type savedChange struct {
	plan.Change
	title any
	// sensitive is Object.Sensitive of the desired object.
	sensitive map[string][]string
	// configured says that the configuration had the object.
	configured bool
	// concealed says that the change has a Was: what of Before is sealed was sensitive.
	concealed bool
}

// Check refuses to go on with a plan of another stack, of another Datadog, or of another version of ddmon, which might
// compare and write otherwise than what was reviewed.
func (s *Saved) Check(stack, tool, datadog string) error {
	if s.Datadog != datadog {
		return fmt.Errorf("the plan was made with %s and this is %s: set DD_SITE or DD_HOST (or --sandbox) as it was, or plan again",
			s.Datadog, datadog)
	}
	if s.Stack != stack {
		return fmt.Errorf("the plan is of stack %q and this is stack %q: apply it in the folder it was made in, or plan again",
			s.Stack, stack)
	}
	if s.Tool != tool {
		return fmt.Errorf("the plan was made by ddmon %s and this is ddmon %s: apply it with that version, or plan again",
			s.Tool, tool)
	}
	return nil
}

// Mismatch is a sensitive value that is not the one that the plan was made with.
type Mismatch struct {
	Address   object.Address
	Path      object.Path // of the place in the body
	Variables []string    // the sensitive variables that the value comes from
	Live      bool        // the value was on the live object, which has another by now
}

func (m Mismatch) String() string {
	at := m.Address.String()
	if len(m.Path) > 0 {
		at += ": " + m.Path.String()
	}
	if m.Live {
		return at + " holds a sensitive value in Datadog that is not the one the plan saw"
	}
	return fmt.Sprintf("%s comes from the sensitive variable %s, whose value is not the one the plan was made with",
		at, strings.Join(m.Variables, " and "))
}

// MismatchError lists all places at which sensitive values do not fit the plan.
type MismatchError struct {
	Mismatches []Mismatch
}

func (e *MismatchError) Error() string {
	lines := make([]string, len(e.Mismatches))
	for i, m := range e.Mismatches {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n") + "\nGive the variables the values they had (DDMON_VAR_name), or plan again."
}

// Plan returns the plan to carry out. The sensitive values in it come from the configuration's objects and, where
// the plan had them from Datadog, from the live ones; its error is a *MismatchError if they are not what they were.
// Call Stale before, which says better what became of live objects. Changes that do nothing come without bodies.
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
		u := &unsealer{key: s.hashes, address: c.Address, missing: func(v sealed, p object.Path) {
			m := Mismatch{Address: c.Address, Path: p, Variables: v.Names, Live: v.Live}
			if !slices.ContainsFunc(refused.Mismatches, func(o Mismatch) bool { return o.String() == m.String() }) {
				refused.Mismatches = append(refused.Mismatches, m)
			}
		}}
		o := wanted[c.Address.Slug()]
		if c.holdsSealed() {
			u.own, u.live = ownVault(s.hashes, o, ids), vault{}
			if have := there[liveKey(c.Address.Kind, c.ID)]; have != nil {
				u.live.add(s.hashes, kind.Named(c.Address.Kind), have.Body)
				if c.sensitiveAlone().IsOpen() {
					u.live.entries(s.hashes, have.Body)
				}
			}
		}
		out.Changes = append(out.Changes, c.unsealed(u, o))
	}
	if len(refused.Mismatches) > 0 {
		return nil, refused
	}
	return out, nil
}

func liveKey(kind, id string) string { return kind + " " + id }

// ids are those that references could use when the plan was made.
func (s *Saved) ids() map[object.Address]string {
	changes := make([]plan.Change, len(s.changes))
	for i := range s.changes {
		changes[i] = s.changes[i].Change
	}
	return knownIDs(changes)
}

// knownIDs are the ids of objects that stay: what is to be replaced or deleted has none to refer to.
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

func (s *Saved) holdsSealed() bool {
	return slices.ContainsFunc(s.changes, func(c savedChange) bool { return c.holdsSealed() })
}

func (c *savedChange) holdsSealed() bool {
	return holdsSealed(c.title) || holdsSealed(c.Before) || holdsSealed(c.After) ||
		slices.ContainsFunc(c.Edits, func(e plan.Edit) bool { return holdsSealed(e.Before) || holdsSealed(e.After) })
}

// unsealed returns the change with its values filled in. o is what the configuration has at the address now; it
// gives the positions, and nothing of its body but what u takes from it.
func (c *savedChange) unsealed(u *unsealer, o *object.Object) plan.Change {
	out := c.Change
	out.Title, _ = u.unseal(c.title, object.Path{titleKey(&c.Change)}).(string)
	out.Before, _ = u.unseal(c.Before, nil).(map[string]any)
	out.After, _ = u.unseal(c.After, nil).(map[string]any)
	out.Edits = slices.Clone(c.Edits)
	for i := range out.Edits {
		e := &out.Edits[i]
		e.Before, e.After = u.unseal(e.Before, e.Path), u.unseal(e.After, e.Path)
	}
	out.Desired = c.desired(o)
	if c.concealed {
		out.LiveSensitive = c.was()
	}
	return out
}

// was is Change.LiveSensitive, by what of the live body is sealed.
func (c *savedChange) was() *object.Object {
	out := &object.Object{Address: c.Address, Sensitive: map[string][]string{}}
	for key, v := range c.Before {
		at := object.Path{key}
		switch options, isObject := v.(map[string]any); {
		case isObject && key == "options":
			for option, v := range options {
				if holdsSealed(v) {
					out.Sensitive[at.With(option).String()] = []string{"(removed)"}
				}
			}
		case holdsSealed(v):
			out.Sensitive[at.String()] = []string{"(removed)"}
		}
	}
	return out
}

// desired returns an object for positions and for what is not to be shown: what the plan took for sensitive stays so.
func (c *savedChange) desired(o *object.Object) *object.Object {
	if !c.configured {
		if len(c.sensitive) > 0 {
			return c.sensitiveAlone()
		}
		return nil
	}
	if o == nil {
		alone := c.sensitiveAlone()
		alone.Lifecycle = object.Lifecycle{PreventDestroy: c.PreventDestroy, IgnoreChanges: c.Ignore}
		return alone
	}
	if len(c.sensitive) == 0 {
		return o
	}
	both := *o
	both.Sensitive = maps.Clone(c.sensitive)
	for at, names := range o.Sensitive {
		both.Sensitive[at] = names
	}
	both.Schema = c.sensitiveAlone().Schema
	return &both
}

// sensitiveAlone is an object of which nothing is known but what is sensitive in it.
func (c *savedChange) sensitiveAlone() *object.Object {
	out := &object.Object{Address: c.Address, Sensitive: c.sensitive}
	if k := kind.Named(c.Address.Kind); k != nil && out.IsOpen() {
		out.Schema = k
	}
	return out
}
