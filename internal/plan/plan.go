package plan

import (
	"ddmon/internal/object"
)

// Plan is everything that an apply would do.
type Plan struct {
	Stack   string   `json:"stack"`
	Changes []Change `json:"changes"` // one for each object, including NoOp, sorted by address
}

// Action is what happens to an object.
type Action string

// The actions. Replace creates an object under the same address and then deletes the old one. Blocked means that ddmon
// does not touch the object; a diagnostic says why.
const (
	NoOp    Action = "no-op"
	Create  Action = "create"
	Update  Action = "update"
	Replace Action = "replace"
	Delete  Action = "delete"
	Blocked Action = "blocked"
)

// Change is what happens to one object.
type Change struct {
	Address object.Address `json:"address"`
	Action  Action         `json:"action"`
	Title   string         `json:"title"`        // the object's name or title
	ID      string         `json:"id,omitempty"` // of the live object; empty on Create
	// Before is the live body without its marker; nil on Create.
	Before map[string]any `json:"before,omitempty"`
	// After is the body to write, without the marker. Unknown ids are an object.Text in it. It includes values of the
	// live object that ddmon does not manage. Nil on Delete.
	After map[string]any `json:"after,omitempty"`
	Edits []Edit         `json:"edits,omitempty"`
	// Notes are differences that do not cause an update: fields that the tables do not know.
	Notes []Note `json:"notes,omitempty"`
	// EditedOutside reports that the live object was edited after the last apply. It is false if that is unknown.
	EditedOutside bool `json:"edited_outside,omitempty"`
	// Caveats are sentences, without full stop, about unknown facts of a live object that is changed or deleted.
	Caveats []string `json:"caveats,omitempty"`
	// ModifiedAt is when the live object last changed, as Datadog writes it (RFC 3339).
	ModifiedAt string `json:"modified_at,omitempty"`
	// Deposed marks the Delete of an object that remains from an interrupted replacement.
	Deposed bool `json:"deposed,omitempty"`
	// Contested marks a Blocked change whose address is claimed by several objects, or by one with an unknown owner.
	Contested bool `json:"contested,omitempty"`
	// Reason says why a change is Blocked and what to do, without a full stop. A diagnostic says more.
	Reason string `json:"reason,omitempty"`
	// DependsOn are the addresses whose ids After needs.
	DependsOn []object.Address `json:"depends_on,omitempty"`
	// ReferredBy are the objects of the stack that refer to the live object's id. They must be deleted or changed
	// before it can be deleted.
	ReferredBy []object.Address `json:"referred_by,omitempty"`
	// Referrers are objects outside the stack that refer to a live object to be deleted, as Datadog names them.
	Referrers []string `json:"referrers,omitempty"`
	// Ignore and Written qualify the fingerprint: the paths in ignore_changes, and unmanaged fields that the
	// configuration sets.
	Ignore  []object.Path `json:"ignore_changes,omitempty"`
	Written []string      `json:"written,omitempty"`
	// PreventDestroy repeats the block's lifecycle.
	PreventDestroy bool `json:"prevent_destroy,omitempty"`

	// Desired gives source positions and the paths of sensitive values. If the configuration does not have the object,
	// it is nil, or has no body and only records which parts of the live object are sensitive.
	Desired *object.Object `json:"-"`
	// LiveSensitive records which parts of Before are sensitive. It is nil unless they differ from those of Desired.
	LiveSensitive *object.Object `json:"-"`
}

// SensitiveBefore records which parts of Before are sensitive.
func (c *Change) SensitiveBefore() *object.Object {
	if c.LiveSensitive != nil {
		return c.LiveSensitive
	}
	return c.Desired
}

// Configured reports whether the configuration has the object.
func (c *Change) Configured() bool { return c.Desired != nil && c.Desired.Body != nil }

// Op is the kind of an Edit.
type Op string

// The kinds of edits. A Move changes the position of a list element; its Before and After are the indices.
const (
	Add    Op = "add"
	Remove Op = "remove"
	Modify Op = "change"
	Move   Op = "move"
)

// Edit is one difference between the live and the desired body.
type Edit struct {
	// Path is the path of the value in After; for Remove, its path in Before. A difference in an unordered list is one
	// edit of the whole list.
	Path   object.Path `json:"path"`
	Op     Op          `json:"op"`
	Before any         `json:"before,omitempty"`
	After  any         `json:"after,omitempty"`
	// IsSet reports that Before and After are unordered lists.
	IsSet bool `json:"set,omitempty"`
}

// Note is about a value of the live object that ddmon keeps.
type Note struct {
	Path object.Path `json:"path"`
	Text string      `json:"text"`
}

// Summary counts the changes as Terraform does: a replacement is one added and one destroyed.
type Summary struct {
	Add     int `json:"add"`
	Change  int `json:"change"`
	Destroy int `json:"destroy"`
	Blocked int `json:"blocked"`
}

// Summary counts what the plan does.
func (p *Plan) Summary() Summary {
	var s Summary
	for i := range p.Changes {
		switch p.Changes[i].Action {
		case Create:
			s.Add++
		case Update:
			s.Change++
		case Replace:
			s.Add++
			s.Destroy++
		case Delete:
			s.Destroy++
		case Blocked:
			s.Blocked++
		case NoOp:
		}
	}
	return s
}

// Empty reports whether the plan changes nothing.
func (p *Plan) Empty() bool {
	s := p.Summary()
	return s.Add+s.Change+s.Destroy == 0
}
