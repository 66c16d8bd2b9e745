package plan

import (
	"ddmon/internal/object"
)

// Plan is the whole of what an apply would do.
type Plan struct {
	Stack   string   `json:"stack"`
	Changes []Change `json:"changes"` // one for each object, sorted by address; NoOp included
}

// Action is what happens to an object.
type Action string

// The actions. Replace is a create under the same address followed by the deletion of the old object; Blocked
// means that ddmon does not touch the object and a diagnostic says why.
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
	Title   string         `json:"title"`        // what a person calls the object: its name or title
	ID      string         `json:"id,omitempty"` // of the live object; empty on Create
	// Before is the live body without marker; nil on Create.
	Before map[string]any `json:"before,omitempty"`
	// After is the body to be written, without marker; ids not known yet are in it as object.Text. It holds what
	// others put on the live object and ddmon leaves alone. Nil on Delete.
	After map[string]any `json:"after,omitempty"`
	Edits []Edit         `json:"edits,omitempty"`
	// Notes are differences that are no reason for an update: fields that the tables do not know.
	Notes []Note `json:"notes,omitempty"`
	// EditedOutside says that the live object is not what was last applied. False also where that is not known.
	EditedOutside bool `json:"edited_outside,omitempty"`
	// Caveats are sentences, without full stop, about what is not known of a live object that is changed or deleted.
	Caveats []string `json:"caveats,omitempty"`
	// ModifiedAt is when the live object last changed, as Datadog writes it (RFC 3339).
	ModifiedAt string `json:"modified_at,omitempty"`
	// Deposed marks the Delete of an object that an interrupted replacement left behind.
	Deposed bool `json:"deposed,omitempty"`
	// Contested says of a Blocked change that several objects carry the address, or one whose owner is not known.
	Contested bool `json:"contested,omitempty"`
	// DependsOn are the addresses whose ids After needs.
	DependsOn []object.Address `json:"depends_on,omitempty"`
	// ReferredBy are the objects of the stack that mention the live object's id. It cannot be deleted before
	// they are deleted or changed.
	ReferredBy []object.Address `json:"referred_by,omitempty"`
	// Referrers are objects outside of the stack that mention the live object which is to go, as Datadog names them.
	Referrers []string `json:"referrers,omitempty"`
	// Ignore and Written qualify the fingerprint: paths left alone by ignore_changes, and unmanaged fields that
	// the configuration writes.
	Ignore  []object.Path `json:"ignore_changes,omitempty"`
	Written []string      `json:"written,omitempty"`
	// PreventDestroy repeats the block's lifecycle.
	PreventDestroy bool `json:"prevent_destroy,omitempty"`

	// Desired leads back to positions and sensitive values. Where the configuration has no such object it is nil, or has no
	// body and only says what of the live object is sensitive.
	Desired *object.Object `json:"-"`
	// Was says what of Before is not to be shown, where sensitive values may have been at other places than Desired has them.
	// It is nil where Desired says it.
	Was *object.Object `json:"-"`
}

// Past says what of Before is not to be shown.
func (c *Change) Past() *object.Object {
	if c.Was != nil {
		return c.Was
	}
	return c.Desired
}

// Configured reports whether the configuration has the object.
func (c *Change) Configured() bool { return c.Desired != nil && c.Desired.Body != nil }

// Op is the sort of an Edit.
type Op string

// The sorts of edits. A Move changes an element's place in a list; its Before and After are the indices.
const (
	Add    Op = "add"
	Remove Op = "remove"
	Modify Op = "change"
	Move   Op = "move"
)

// Edit is one difference between the live and the desired body.
type Edit struct {
	// Path leads to the value in After; for Remove to where it was in Before. A difference in a list whose order
	// means nothing is one edit of the whole list.
	Path   object.Path `json:"path"`
	Op     Op          `json:"op"`
	Before any         `json:"before,omitempty"`
	After  any         `json:"after,omitempty"`
	// IsSet says that Before and After are lists whose order means nothing.
	IsSet bool `json:"set,omitempty"`
}

// Note is something on the live object that is kept and causes nothing.
type Note struct {
	Path object.Path `json:"path"`
	Text string      `json:"text"`
}

// Summary counts the changes as Terraform does; a replacement is one added and one destroyed.
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

// Empty reports whether there is nothing to do.
func (p *Plan) Empty() bool {
	s := p.Summary()
	return s.Add+s.Change+s.Destroy == 0
}
