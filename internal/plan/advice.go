package plan

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// warnOfRenamed says where an object is destroyed and one of the same name made, which is what a renamed block looks
// like, and how to keep the object and its history instead.
func (b *builder) warnOfRenamed() {
	going := make(map[string]*Change)
	for i := range b.plan.Changes {
		if c := &b.plan.Changes[i]; c.Action == Delete && !c.Deposed {
			going[c.Address.Kind+"\x00"+c.Title] = c
		}
	}
	for i := range b.plan.Changes {
		c := &b.plan.Changes[i]
		old := going[c.Address.Kind+"\x00"+c.Title]
		if c.Action != Create || old == nil {
			continue
		}
		d := diag.Warning("renamed", "Object is made anew under another address", fmt.Sprintf(
			"%s (%s %s) is destroyed and %s created, both called %q. To keep the object and its history, %s on it before "+
				"applying.", old.Address, c.Address.Kind, old.ID, c.Address, c.Title, b.howToRename(c.Desired)), c.Desired.Range())
		d.Extra = diag.Extra{Code: "renamed", Address: c.Address.String()}
		b.diags = append(b.diags, d)
	}
}

// warnOfLostSelf says that what is about to be created may exist already.
func (b *builder) warnOfLostSelf(want *object.Object) {
	for _, have := range b.lost[want.Address] {
		resemblance := "is called the same as"
		if b.titleKey(have) != b.titleKey(want) {
			resemblance = "carries the address of"
		}
		d := diag.Warning("same_name", "An unmanaged object looks like this one", fmt.Sprintf(
			"%s %s %s %s, which is about to be created, and belongs to no stack. If it is the same thing and lost its "+
				"marker, %s; then nothing is created.",
			want.Address.Kind, have.ID, resemblance, want.Address, b.howToAdopt(want)), want.Range())
		d.Extra = diag.Extra{Code: "same_name", Address: want.Address.String()}
		b.diags = append(b.diags, d)
	}
}

// warnOfHalfMarker speaks of objects with a part of this stack's marker that match nothing by name either.
func (b *builder) warnOfHalfMarker(have *object.Object, sameName []*object.Object) {
	if have.Marker.Stack != b.slug || len(sameName) > 0 {
		return
	}
	b.diags = append(b.diags, diag.Warning("half_marker", "Live object has half a marker", fmt.Sprintf(
		"%s %s (%q) carries the tag of stack %q but no address, so ddmon leaves it alone. If it is one of the stack's, "+
			"give it its ddmon_id again (`ddmon render` shows them all); if not, %s.",
		have.Address.Kind, have.ID, b.kinds[have.Address.Kind].TitleOf(have.Body), b.in.Stack,
		howToRelease(b.kinds[have.Address.Kind], have.Marker)), hcl.Range{}))
}

// warnOfOtherStack says that another stack has the same object, which is what a renamed stack looks like.
func (b *builder) warnOfOtherStack(have, want *object.Object) {
	if want == nil || b.titleKey(have) != b.titleKey(want) {
		return
	}
	d := diag.Warning("other_stack", "Another stack has this object", fmt.Sprintf(
		"%s %s has the name and the address of %s, and belongs to stack %q. If the stack was renamed, take the old name "+
			"back or destroy the old stack first; otherwise there will be two of them.",
		have.Address.Kind, have.ID, want.Address, have.Marker.Stack), want.Range())
	d.Extra = diag.Extra{Code: "other_stack", Address: want.Address.String()}
	b.diags = append(b.diags, d)
}

func (b *builder) errorOfLostMarker(want, have *object.Object) {
	b.error(want, "lost_marker", "Marker of a live object is damaged", fmt.Sprintf(
		"%s %s has part of the marker of this stack and object, so it is probably %s itself, edited by hand. To have it "+
			"managed again, %s. To have a new one made beside it, remove what is left of the marker from it.",
		want.Address.Kind, have.ID, want.Address, b.howToAdopt(want)))
}

// CodeProtected is the code of diagnostics about what prevent_destroy forbids.
const CodeProtected = "prevent_destroy"

// CodeManyDeletes is the code of the warning that apply will refuse a plan for what it deletes.
const CodeManyDeletes = "many_deletes"

// errorOfProtected says that a replacement would delete a protected object.
func (b *builder) errorOfProtected(want, have *object.Object) {
	b.error(want, CodeProtected, "Replacement of a protected object", fmt.Sprintf(
		"Datadog cannot change the type of %s %s, so it would have to be deleted and created again, which its "+
			"prevent_destroy = true forbids. Apply prevent_destroy = false first, or undo the change of the type.",
		want.Address.Kind, have.ID))
}

// errorOfProtectedLive says that an object is protected although its block is gone.
func (b *builder) errorOfProtectedLive(c *Change) {
	who := fmt.Sprintf("%s (%s %s, %q) is in Datadog and no longer in the files, and when it was last applied its block",
		c.Address, c.Address.Kind, c.ID, c.Title)
	if c.ID == "" { // of two configurations
		who = fmt.Sprintf("%s (%q) is no longer in the files, and its block", c.Address, c.Title)
	}
	d := diag.Error(CodeProtected, "Object is protected", fmt.Sprintf(
		"%s had lifecycle { prevent_destroy = true }. If it was not to go, write the block again. If it is, write it with prevent_destroy "+
			"= false, apply that, and take it out then; or take %s off the object by hand.",
		who, object.TagProtected), hcl.Range{})
	d.Extra = diag.Extra{Code: CodeProtected, Address: c.Address.String()}
	b.diags = append(b.diags, d)
}

func (b *builder) error(want *object.Object, code, summary, detail string) {
	d := diag.Error(code, summary, detail, want.Range())
	d.Extra = diag.Extra{Code: code, Address: want.Address.String()}
	b.diags = append(b.diags, d)
}

// howToAdopt says how a person makes an object the one at an address.
func (b *builder) howToAdopt(want *object.Object) string {
	m := object.Marker{Stack: b.slug, Slug: want.Address.Slug()}
	if marker := b.kinds[want.Address.Kind].Marker; marker.IsLine() {
		return fmt.Sprintf("end its %s with the line %q", marker.Field(), m.Line())
	}
	return "give it the tags " + strings.Join(m.Tags(), " and ")
}

// howToRename says how a person moves an object to another address.
func (b *builder) howToRename(want *object.Object) string {
	place := "change the tag " + object.TagID + "... to " + object.TagID + want.Address.Slug()
	if marker := b.kinds[want.Address.Kind].Marker; marker.IsLine() {
		place += " in the last line of the " + marker.Field()
	}
	return place
}
