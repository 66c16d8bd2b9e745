package plan

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// BuildDestroy plans the deletion of everything the stack owns. The desired objects matter only for what their
// lifecycle forbids and which of their values are not to be shown.
func BuildDestroy(in Input) (*Plan, hcl.Diagnostics) {
	b := newBuilder(in)
	b.destroys = true
	b.claim()
	for _, c := range b.claims {
		if c.want == nil || !b.isOver(c.want) {
			b.delete(c)
		}
	}
	for _, want := range b.in.Desired {
		if b.disputed[want.Address] {
			b.plan.Changes = append(b.plan.Changes, Change{Address: want.Address, Action: Blocked, Contested: true, Desired: want})
		}
	}
	return b.finish()
}

// delete plans the removal of the objects of a claim: what is not desired any more, what an interrupted replacement
// left behind, or all that there is. Objects that may not be touched are blocked.
func (b *builder) delete(c *claim) {
	if c.hold != "" {
		b.errorOfHeld(c)
	}
	for _, have := range c.objects {
		k := b.kinds[have.Address.Kind]
		change := Change{
			Address: have.Address, Action: Delete, Title: k.TitleOf(have.Body), ID: have.ID,
			Before: have.Body, ModifiedAt: k.ModifiedAt(have.Body), Deposed: have.Marker.Replaced,
		}
		switch {
		case b.destroys && c.want != nil:
			change.Desired = c.want
		default:
			change.Desired = b.concealed(have)
		}
		switch {
		case c.hold != "":
			change.Action, change.Contested = Blocked, true
		case b.isProtected(have, c.want):
			change.Action = Blocked
			b.errorOfProtectedObject(&change, have, c.want)
		default:
			change.Caveats = b.caveats(k, have, &change)
		}
		b.plan.Changes = append(b.plan.Changes, change)
	}
}

// concealed stands in for the block of a live object that has no block any more, so that the places of sensitive values in
// it are not known: all of the body is sensitive but the type. It is nil for an object without such values, as its marker
// says. A marker of ddmon 0.1, or one set by hand, does not say; then any object of a stack with sensitive values may hold
// one.
func (b *builder) concealed(have *object.Object) *object.Object {
	if !have.Marker.Secret && (have.Marker.Written != 0 || !b.in.HasSecrets) {
		return nil
	}
	out := &object.Object{Address: have.Address, Sensitive: make(map[string][]string, len(have.Body))}
	for key := range have.Body {
		if key == "type" || key == "layout_type" || b.isReadOnly(have, key) {
			continue
		}
		places := []object.Path{{key}}
		if options, ok := have.Body[key].(map[string]any); ok && key == "options" { // a mute is not a change of all options
			places = nil
			for _, option := range object.SortedKeys(options) {
				places = append(places, object.Path{key, option})
			}
		}
		for _, p := range places {
			out.Sensitive[p.String()] = []string{"(removed)"}
		}
	}
	return out
}

// isReadOnly reports whether only Datadog sets a field, such as the id. The URL of a dashboard ends in its title.
func (b *builder) isReadOnly(have *object.Object, key string) bool {
	_, readOnly := b.kinds[have.Address.Kind].HasField(object.Path{key})
	return readOnly && key != "url"
}

// isProtected reports whether an object may not be deleted, whatever its marker says besides. want is the desired object
// at its address; nil if there is none.
func (b *builder) isProtected(have, want *object.Object) bool {
	return have.Marker.Protected || b.destroys && want != nil && want.Lifecycle.PreventDestroy
}

// errorOfProtectedObject says what keeps an object from being deleted.
func (b *builder) errorOfProtectedObject(c *Change, have, want *object.Object) {
	switch {
	case c.Deposed && have.Marker.Protected:
		b.errorOfProtectedDeposed(c)
		return
	case want == nil:
		b.errorOfProtectedLive(c)
		return
	}
	how := "has lifecycle { prevent_destroy = true }. Remove that and apply it to have it destroyed"
	if !want.Lifecycle.PreventDestroy {
		how = "is protected in Datadog by prevent_destroy, whose removal has not been applied yet. Apply it to have it destroyed"
	}
	d := diag.Error(CodeProtected, "Object is protected", fmt.Sprintf("%s %s, or exclude it with --target.", c.Address, how), want.Range())
	d.Extra = diag.Extra{Code: CodeProtected, Address: c.Address.String()}
	b.diags = append(b.diags, d)
}

// errorOfProtectedDeposed says that an object is marked as replaced and protected, which ddmon never writes.
func (b *builder) errorOfProtectedDeposed(c *Change) {
	d := diag.Error(CodeProtected, "Object is protected", fmt.Sprintf(
		"%s %s (%q) is marked as replaced by %s and carries %s, so it is not deleted. ddmon never replaces a protected object, so "+
			"a person changed its marker. Remove one of the two: %s to have it deleted, or %s... to keep it.",
		c.Address.Kind, c.ID, c.Title, c.Address, object.TagProtected, object.TagProtected, object.TagReplaced), hcl.Range{})
	d.Extra = diag.Extra{Code: CodeProtected, Address: c.Address.String()}
	b.diags = append(b.diags, d)
}
