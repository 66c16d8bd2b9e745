package plan

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// BuildDestroy plans the deletion of everything the stack owns. The desired objects provide only prevent_destroy and
// the sensitive values.
func BuildDestroy(in Input) (*Plan, hcl.Diagnostics) {
	b := newBuilder(in)
	b.destroys = true
	b.claim()
	for _, c := range b.claims {
		if c.want == nil || !b.hasEnded(c.want) {
			b.delete(c)
		}
	}
	for _, want := range b.in.Desired {
		if b.disputed[want.Address] {
			b.plan.Changes = append(b.plan.Changes, Change{
				Address: want.Address, Action: Blocked, Contested: true, Reason: reasonDisputed, Desired: want,
			})
		}
	}
	return b.finish()
}

// delete plans the deletion of the objects of a claim: those without a block, those that remain from an interrupted
// replacement, or all on destroy. Objects that ddmon must not touch are blocked.
func (b *builder) delete(c *claim) {
	if c.blockedBy != "" {
		b.errorOfBlockedClaim(c)
	}
	for _, have := range c.objects {
		k := b.kinds[have.Address.Kind]
		change := Change{
			Address: have.Address, Action: Delete, Title: k.TitleOf(have.Body), ID: have.ID,
			Before: have.Body, ModifiedAt: k.ModifiedAt(have.Body), Deposed: have.Marker.Replaced,
		}
		switch {
		case b.destroys && c.want != nil:
			change.Desired, change.LiveSensitive = c.want, b.liveSensitive(have, c.want)
		default:
			change.Desired = b.allSensitive(have)
		}
		switch {
		case c.blockedBy != "":
			change.Action, change.Contested, change.Reason = Blocked, true, reasonOf(c.blockedBy, c.objects)
		case b.isProtected(have, c.want):
			change.Action, change.Reason = Blocked, reasonProtected
			b.errorOfProtectedObject(&change, have, c.want)
		default:
			change.Caveats = b.caveats(k, have, &change)
		}
		b.plan.Changes = append(b.plan.Changes, change)
	}
}

// liveSensitive returns which parts of a live object can be sensitive, if they differ from those of its desired object:
// when it was written, other values were, or its marker does not say.
func (b *builder) liveSensitive(have, want *object.Object) *object.Object {
	if m := have.Marker; m.Secret && m.Places != want.SecretPlaces() || m.Written == 0 && m.Fingerprint != "" {
		return b.allSensitive(have)
	}
	return nil
}

// shownTitle returns the name of a live object without a block, redacted if it can be sensitive.
func (b *builder) shownTitle(have *object.Object) string {
	if b.allSensitive(have).TitleIsSensitive() {
		return object.Redacted
	}
	return b.kinds[have.Address.Kind].TitleOf(have.Body)
}

// allSensitive replaces the missing block of a live object. Without a block, the paths of sensitive values are
// unknown, so the whole body except the type is sensitive. It returns nil if the marker says that the object has no
// sensitive values. Markers of ddmon 0.1 and those set by hand do not record this: then any object of a stack with
// sensitive values can contain one.
func (b *builder) allSensitive(have *object.Object) *object.Object {
	if !have.Marker.Secret && (have.Marker.Written != 0 || !b.in.HasSecrets) {
		return nil
	}
	out := &object.Object{Address: have.Address, Sensitive: make(map[string][]string, len(have.Body)), Schema: b.kinds[have.Address.Kind]}
	for key := range have.Body {
		if key == "type" || key == "layout_type" || b.isReadOnly(have, key) {
			continue
		}
		paths := []object.Path{{key}}
		if options, ok := have.Body[key].(map[string]any); ok && key == "options" { // a mute must not count as a change of all options
			paths = nil
			for _, option := range object.SortedKeys(options) {
				paths = append(paths, object.Path{key, option})
			}
		}
		for _, p := range paths {
			out.Sensitive[p.String()] = []string{"(removed)"}
		}
	}
	return out
}

// isReadOnly reports whether only Datadog sets a field, such as the id. The URL of a dashboard is an exception: it
// contains the title.
func (b *builder) isReadOnly(have *object.Object, key string) bool {
	_, readOnly := b.kinds[have.Address.Kind].HasField(object.Path{key})
	return readOnly && key != "url"
}

// isProtected reports whether an object must not be deleted. want is the desired object at its address, or nil.
func (b *builder) isProtected(have, want *object.Object) bool {
	return have.Marker.Protected || b.destroys && want != nil && want.Lifecycle.PreventDestroy
}

// errorOfProtectedObject reports why an object cannot be deleted.
func (b *builder) errorOfProtectedObject(c *Change, have, want *object.Object) {
	switch {
	case c.Deposed && have.Marker.Protected:
		b.errorOfProtectedDeposed(c)
		return
	case want == nil:
		b.errorOfProtectedLive(c)
		return
	}
	reason := "has lifecycle { prevent_destroy = true }. Remove that and apply before you destroy the object"
	if !want.Lifecycle.PreventDestroy {
		reason = "is protected in Datadog: the removal of prevent_destroy is not applied. Apply it before you destroy the object"
	}
	d := diag.Error(CodeProtected, "Object is protected", fmt.Sprintf("%s %s. To delete other objects, name them with --target.", c.Address, reason), want.Range())
	d.Extra = diag.Extra{Code: CodeProtected, Address: c.Address.String()}
	b.diags = append(b.diags, d)
}

// errorOfProtectedDeposed reports an object that is marked as replaced and protected. ddmon never writes both.
func (b *builder) errorOfProtectedDeposed(c *Change) {
	d := diag.Error(CodeProtected, "Object is protected", fmt.Sprintf(
		"%s %s (%q) is marked as replaced by %s and has %s, so ddmon does not delete it. ddmon never replaces a protected object: "+
			"the marker was edited by hand. Remove %s to delete the object, or %s... to keep it.",
		c.Address.Kind, c.ID, c.shownTitle(), c.Address, object.TagProtected, object.TagProtected, object.TagReplaced), hcl.Range{})
	d.Extra = diag.Extra{Code: CodeProtected, Address: c.Address.String()}
	b.diags = append(b.diags, d)
}
