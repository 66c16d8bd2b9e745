package plan

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// warnOfRenamed warns if an object is destroyed and another with the same name is created, as after renaming a block.
// The warning says how to keep the object and its history.
func (b *builder) warnOfRenamed() {
	deleted := make(map[string]*Change)
	for i := range b.plan.Changes {
		if c := &b.plan.Changes[i]; c.Action == Delete && !c.Deposed {
			deleted[c.Address.Kind+"\x00"+c.Title] = c
		}
	}
	for i := range b.plan.Changes {
		c := &b.plan.Changes[i]
		old := deleted[c.Address.Kind+"\x00"+c.Title]
		if c.Action != Create || old == nil {
			continue
		}
		d := diag.Warning("renamed", "Object will be recreated under a new address", fmt.Sprintf(
			"%s (%s %s) will be destroyed and %s created with the same name, %q. To keep the object and its history, %s "+
				"before you apply.", old.Address, c.Address.Kind, old.ID, c.Address, c.shownTitle(), b.howToRename(c.Desired)), c.Desired.Range())
		d.Extra = diag.Extra{Code: "renamed", Address: c.Address.String()}
		b.diags = append(b.diags, d)
	}
}

// warnOfLookalike warns that an object to be created could already exist.
func (b *builder) warnOfLookalike(want *object.Object) {
	for _, have := range b.lookalikes[want.Address] {
		resemblance := "has the same name as"
		if b.titleKey(have) != b.titleKey(want) {
			resemblance = "has the address of"
		}
		d := diag.Warning("same_name", "Similar unmanaged object exists", fmt.Sprintf(
			"%s %s %s %s, which will be created, but belongs to no stack. If it is the same object and its ownership marker "+
				"is missing, %s. ddmon then manages it instead of creating another.",
			want.Address.Kind, have.ID, resemblance, want.Address, b.howToAdopt(want)), want.Range())
		d.Extra = diag.Extra{Code: "same_name", Address: want.Address.String()}
		b.diags = append(b.diags, d)
	}
}

// warnOfIncompleteMarker warns of an object with an incomplete marker of this stack, unless its name matches an object
// of the configuration.
func (b *builder) warnOfIncompleteMarker(have *object.Object, sameName []*object.Object) {
	if have.Marker.Stack != b.slug || len(sameName) > 0 {
		return
	}
	b.diags = append(b.diags, diag.Warning("incomplete_marker", "Incomplete ownership marker", fmt.Sprintf(
		"%s %s (%q) has the marker of stack %q without an address, so ddmon does not manage it. If it belongs to the stack, "+
			"restore its ddmon_id (`ddmon render` shows the ids); otherwise, %s.",
		have.Address.Kind, have.ID, b.shownTitle(have), b.in.Stack,
		howToRelease(b.kinds[have.Address.Kind], have.Marker)), hcl.Range{}))
}

// warnOfOtherStack warns that another stack owns the same object, as after renaming a stack.
func (b *builder) warnOfOtherStack(have, want *object.Object) {
	if want == nil || b.titleKey(have) != b.titleKey(want) {
		return
	}
	d := diag.Warning("other_stack", "Another stack owns this object", fmt.Sprintf(
		"%s %s has the name and address of %s, but belongs to stack %q. If you renamed the stack, restore its old name or "+
			"destroy the old stack first. Otherwise apply creates a second object.",
		have.Address.Kind, have.ID, want.Address, have.Marker.Stack), want.Range())
	d.Extra = diag.Extra{Code: "other_stack", Address: want.Address.String()}
	b.diags = append(b.diags, d)
}

func (b *builder) errorOfDamagedMarker(want, have *object.Object) {
	b.error(want, "damaged_marker", "Damaged ownership marker", fmt.Sprintf(
		"%s %s has an incomplete ownership marker and is probably %s, edited by hand. To manage it again, %s. To create a "+
			"new object instead, remove the rest of the marker from this one.",
		want.Address.Kind, have.ID, want.Address, b.howToAdopt(want)))
}

// CodeProtected is the code of diagnostics about changes that prevent_destroy forbids.
const CodeProtected = "prevent_destroy"

// CodeManyDeletes is the code of the warning that apply will refuse a plan because it deletes too many objects.
const CodeManyDeletes = "many_deletes"

// errorOfProtected reports that a replacement would delete a protected object.
func (b *builder) errorOfProtected(want, have *object.Object) {
	b.error(want, CodeProtected, "Protected object cannot be replaced", fmt.Sprintf(
		"Datadog cannot change the type of %s %s. The object must be deleted and recreated, which its prevent_destroy = true "+
			"forbids. Apply prevent_destroy = false first, or restore the type.",
		want.Address.Kind, have.ID))
}

// errorOfProtectedLive reports that an object without a block is protected.
func (b *builder) errorOfProtectedLive(c *Change) {
	subject := fmt.Sprintf("%s (%s %s, %q) exists in Datadog but not in the configuration. Its last applied block",
		c.Address, c.Address.Kind, c.ID, c.shownTitle())
	if c.ID == "" { // the plan compares two configurations
		subject = fmt.Sprintf("%s (%q) is no longer in the configuration. Its block", c.Address, c.shownTitle())
	}
	d := diag.Error(CodeProtected, "Object is protected", fmt.Sprintf(
		"%s had lifecycle { prevent_destroy = true }. To keep the object, restore the block. To delete it, restore the block with "+
			"prevent_destroy = false, apply, and then remove the block; or remove %s from the object in Datadog.",
		subject, object.TagProtected), hcl.Range{})
	d.Extra = diag.Extra{Code: CodeProtected, Address: c.Address.String()}
	b.diags = append(b.diags, d)
}

func (b *builder) error(want *object.Object, code, summary, detail string) {
	d := diag.Error(code, summary, detail, want.Range())
	d.Extra = diag.Extra{Code: code, Address: want.Address.String()}
	b.diags = append(b.diags, d)
}

// howToAdopt says how to assign an object to an address in Datadog.
func (b *builder) howToAdopt(want *object.Object) string {
	m := object.Marker{Stack: b.slug, Slug: want.Address.Slug()}
	if marker := b.kinds[want.Address.Kind].Marker; marker.IsLine() {
		return fmt.Sprintf("end its %s with the line %q", marker.Field(), m.Line())
	}
	return "add the tags " + strings.Join(m.Tags(), " and ")
}

// howToRename says how to move an object to another address in Datadog.
func (b *builder) howToRename(want *object.Object) string {
	text := "change its tag " + object.TagID + "... to " + object.TagID + want.Address.Slug()
	if marker := b.kinds[want.Address.Kind].Marker; marker.IsLine() {
		text += " in the last line of its " + marker.Field()
	}
	return text
}
